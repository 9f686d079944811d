extension Table {
    /// The table as a piece of JSON Schema.
    var schema: Json {
        var schema = Json.object([
            "type": .text("object"), "description": .text(about),
            "properties": .object(fields.map { Json.Pair(key: $0.name, value: $0.schema) }),
        ])
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema = schema.adding("required", .texts(required)) }
        if !exactlyOne.isEmpty {
            schema = schema.adding("oneOf", .list(exactlyOne.map { .object(["required": .texts([$0])]) }))
        }
        let together = requires + onlyWith
        if !together.isEmpty {
            var pairs: [Json.Pair] = []
            for (key, other) in together { pairs.append(.init(key: key, value: .texts([other]))) }
            schema = schema.adding("dependentRequired", .object(pairs))
        }
        if !apart.isEmpty {
            schema = schema.adding(
                "allOf",
                .list(apart.map { .object(["not": .object(["required": .texts([$0.key, $0.other])])]) }))
        }
        return schema.adding("additionalProperties", .bool(false))
    }
}
