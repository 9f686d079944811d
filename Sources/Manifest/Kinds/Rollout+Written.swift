import Model

extension Rollout: Written {
    enum Fields {
        static let atOnce = Field<Rollout, Amount>.optional(
            "atOnce", .amount, "How many runs of an occurrence are at work at once: a number, or a share of them all"
        ) { $0.atOnce }
        static let apart = Field<Rollout, String>.optional(
            "apart", .name, "A label: two assets of a client that share its value are never worked on at once"
        ) { $0.apart }
    }

    static let table = Table<Rollout>(
        name: "Rollout", about: "How the runs of an occurrence follow each other",
        fields: [AnyField(Fields.atOnce), AnyField(Fields.apart)], notYet: ["rings", "stopAfter", "across"])

    init?(_ object: ObjectReader<Rollout>) {
        let atOnce = object[Fields.atOnce]
        let apart = object[Fields.apart]
        guard object.has("atOnce") || object.has("apart") else {
            object.refuse("'rollout' says nothing", hint: "give it atOnce or apart, or leave it out", at: "atOnce")
            return nil
        }
        self.init(atOnce: atOnce, apart: apart)
    }
}
