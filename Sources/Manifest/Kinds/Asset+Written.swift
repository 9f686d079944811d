import Model

extension Asset: Written {
    enum Fields {
        static let name = Field<Asset, String>.name { $0.name }
        static let client = Field<Asset, String>.required("client", .name, "To whom it belongs") { $0.client }
        static let kind = Field<Asset, String>.required(
            "is", .name,
            "server, workstation, laptop, network, printer, backup, domain, service, site, person, or a word of your own"
        ) { $0.kind }
        static let endpoint = Field<Asset, Bool>.optional(
            "endpoint", .yesOrNo, "Whether it counts as one; left out: servers, workstations and laptops do"
        ) { $0.endpoint }
        static let labels = Field<Asset, [String: String]>.standard(
            "labels", .labels, [:], "By which jobs choose assets"
        ) { $0.labels }
        static let facts = Field<Asset, [String: String]>.standard(
            "facts", .facts, [:], "What is known of it, such as 'purchased: 2021-03-09'"
        ) { $0.facts }
    }

    static let table = Table<Asset>(
        name: "Asset", about: "Something that work is done on",
        fields: [
            AnyField(Field.kind("Asset")), AnyField(Fields.name), AnyField(Fields.client), AnyField(Fields.kind),
            AnyField(Fields.endpoint), AnyField(Fields.labels), AnyField(Fields.facts),
        ])

    init?(_ object: ObjectReader<Asset>) {
        let name = object[Fields.name]
        let client = object[Fields.client]
        let kind = object[Fields.kind]
        let endpoint = object[Fields.endpoint]
        let labels = object[Fields.labels]
        let facts = object[Fields.facts]
        guard let name, let client, let kind, let labels, let facts else { return nil }
        self.init(name: name, client: client, kind: kind, endpoint: endpoint, labels: labels, facts: facts)
    }
}
