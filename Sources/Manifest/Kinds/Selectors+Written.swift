import Model

extension TargetSelector: Written {
    enum Fields {
        static let kinds = Field<TargetSelector, [String]>.standard(
            "is", .kinds, [], "Kinds of assets, of which one must be the asset's"
        ) { $0.kinds }
        static let labels = Field<TargetSelector, [String: String]>.standard(
            "labels", .labels, [:], "Labels that the asset must have"
        ) { $0.labels }
        static let condition = Field<TargetSelector, Selector>.optional(
            "where", .selector, "What must hold besides: 'ring!=canary, purchased before 5y'"
        ) { $0.condition }
    }

    static let table = Table<TargetSelector>(
        name: "Targets", about: "Which assets of a client a job works on",
        fields: [AnyField(Fields.kinds), AnyField(Fields.labels), AnyField(Fields.condition)])

    init?(_ object: ObjectReader<TargetSelector>) {
        let kinds = object[Fields.kinds]
        let labels = object[Fields.labels]
        let condition = object[Fields.condition]
        guard let kinds, let labels else { return nil }
        self.init(kinds: kinds, labels: labels, condition: condition)
    }
}

/// The labels by which a job chooses clients.
private struct ClientLabels: Equatable, Sendable {
    var labels: [String: String]
}

extension ClientLabels: Written {
    static let labels = Field<ClientLabels, [String: String]>.required(
        "labels", .labels, "Labels that the client must have"
    ) { $0.labels }

    static let table = Table<ClientLabels>(
        name: "ClientLabels", about: "Clients by their labels", fields: [AnyField(labels)])

    init?(_ object: ObjectReader<ClientLabels>) {
        guard let labels = object[Self.labels] else { return nil }
        self.init(labels: labels)
    }
}

extension Shape where Value == ClientSelector {
    /// `all`, a list of names, or `{labels: …}`.
    static let clients: Shape = {
        let names = Shape<[String]>.list(.name, least: 1, most: 1000)
        let labels = Shape<ClientLabels>.object
        let all = Json.object(["const": .text("all")])
        return Shape(
            expected: "all, a list of names or {labels: …}",
            schema: .object(["anyOf": .list([all, names.schema, ClientLabels.table.schema])]),
            read: { cursor in
                switch cursor.node.content {
                case .scalar(let scalar) where scalar.text == "all": return .all
                case .list: return names.read(cursor).map(ClientSelector.named)
                case .map: return labels.read(cursor).map { .labels($0.labels) }
                case .scalar(let scalar):
                    let hint = Names.isName(scalar.text) ? "write [\(scalar.text)]" : "write [one-name, another-name]"
                    cursor.refuse(expected: "all, a list of names or {labels: …}", hint: hint)
                    return nil
                case .refused: return nil
                }
            },
            writeParts: { selector, isFull in
                switch selector {
                case .all: .word("all")
                case .named(let list): names.write(list, isFull)
                case .labels(let wanted): labels.write(ClientLabels(labels: wanted), isFull)
                }
            })
    }()
}
