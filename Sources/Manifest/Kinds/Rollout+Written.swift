import Model
import Recurrence

extension Rollout: Written {
    enum Fields {
        static let rings = Field<Rollout, [Ring]>.optional(
            "rings",
            .list(.object, least: 1, most: 100, hint: "write them in order: [{match: {ring: canary}}, {match: {}}]"),
            "Which targets go first, and which after them; what matches none comes last"
        ) { $0.rings }
        static let atOnce = Field<Rollout, Amount>.optional(
            "atOnce", .amount(), "How many runs of an occurrence are at work at once: a number, or a share of them all"
        ) { $0.atOnce }
        static let stopAfter = Field<Rollout, Amount>.optional(
            "stopAfter", .amount(least: 0),
            "When more than so many have failed, what has not started is held for a person; a share is rounded down"
        ) { $0.stopAfter }
        static let apart = Field<Rollout, String>.optional(
            "apart", .name, "A label: two assets of a client that share its value are never worked on at once"
        ) { $0.apart }
        static let across = Field<Rollout, Across>.standard(
            "across", .choice([.client, .clients]), .client,
            "clients: one rollout over all clients whose occurrences have the same local time"
        ) { $0.across ?? .client }
    }

    static let table = Table<Rollout>(
        name: "Rollout", about: "How the runs of an occurrence follow each other",
        fields: [
            AnyField(Fields.rings), AnyField(Fields.atOnce), AnyField(Fields.stopAfter), AnyField(Fields.apart),
            AnyField(Fields.across),
        ])

    init?(_ object: ObjectReader<Rollout>) {
        let rings = object[Fields.rings]
        let atOnce = object[Fields.atOnce]
        let stopAfter = object[Fields.stopAfter]
        let apart = object[Fields.apart]
        let across = object[Fields.across]
        guard ["rings", "atOnce", "stopAfter", "apart"].contains(where: object.has) else {
            object.refuse(
                "'rollout' says nothing", hint: "give it rings, atOnce, stopAfter or apart, or leave it out",
                at: "across")
            return nil
        }
        self.init(
            rings: rings, atOnce: atOnce, stopAfter: stopAfter, apart: apart,
            across: across == .clients ? .clients : nil)
    }
}

extension Rollout.Ring: Written {
    enum Fields {
        static let match = Field<Rollout.Ring, [String: String]>.required(
            "match", .labels, "Labels of the asset, or else of its client; {} is all that are left"
        ) { $0.match }
        static let soak = Field<Rollout.Ring, Span>.optional(
            "soak", .span(from: Span()), "How long after its last run the next ring may begin"
        ) { $0.soak }
    }

    static let table = Table<Rollout.Ring>(
        name: "Ring", about: "Targets that go together", fields: [AnyField(Fields.match), AnyField(Fields.soak)])

    init?(_ object: ObjectReader<Rollout.Ring>) {
        let match = object[Fields.match]
        let soak = object[Fields.soak]
        guard let match else { return nil }
        self.init(match: match, soak: soak)
    }
}
