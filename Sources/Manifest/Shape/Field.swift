/// A key of a mapping, and the property of the definition that it is about.
struct Field<Root: Sendable, Value: Equatable & Sendable>: Sendable {
    let name: String
    /// One sentence for editors, without its full stop.
    let about: String
    let shape: Shape<Value>
    let isRequired: Bool
    /// What stands for it when the key is left out.
    let standard: Value?
    let get: @Sendable (Root) -> Value?

    static func required(
        _ name: String, _ shape: Shape<Value>, _ about: String, _ get: @escaping @Sendable (Root) -> Value?
    ) -> Field {
        Field(name: name, about: about, shape: shape, isRequired: true, standard: nil, get: get)
    }

    static func optional(
        _ name: String, _ shape: Shape<Value>, _ about: String, _ get: @escaping @Sendable (Root) -> Value?
    ) -> Field {
        Field(name: name, about: about, shape: shape, isRequired: false, standard: nil, get: get)
    }

    static func standard(
        _ name: String, _ shape: Shape<Value>, _ standard: Value, _ about: String,
        _ get: @escaping @Sendable (Root) -> Value?
    ) -> Field {
        Field(name: name, about: about, shape: shape, isRequired: false, standard: standard, get: get)
    }
}

/// A field whose type of value does not matter: for tables, the writer and the schema.
struct AnyField<Root: Sendable>: Sendable {
    let name: String
    let isRequired: Bool
    let schema: Json
    /// Nil where there is nothing to write; what is as it would be anyway is written only on request.
    let write: @Sendable (_ root: Root, _ withStandards: Bool) -> Tree?

    init<Value>(_ field: Field<Root, Value>) {
        name = field.name
        isRequired = field.isRequired
        var schema = field.shape.schema.adding("description", .text(field.about))
        if let standard = field.standard, let written = Self.scalar(field.shape.write(standard, false)) {
            schema = schema.adding("default", written)
        }
        self.schema = schema
        write = { root, withStandards in
            guard let value = field.get(root), withStandards || value != field.standard else { return nil }
            return field.shape.write(value, withStandards)
        }
    }

    private static func scalar(_ tree: Tree) -> Json? {
        switch tree {
        case .word(let word): Int(word).map(Json.integer) ?? .text(word)
        case .text(let text): .text(text)
        case .list, .map: nil
        }
    }
}
