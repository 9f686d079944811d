import FoundationEssentials

extension JSONValue {
    /// A value as its `Codable` conformance writes it. Members come in the order of their names, since encoders
    /// keep no other.
    ///
    /// - Throws: what the value's encoding throws.
    public init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }

    /// A document read from text, members in the order of their names.
    ///
    /// - Throws: `DecodingError` where the text is no JSON.
    public init(parsing text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }
}

extension JSONValue: Decodable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        if let object = Self.decoded({ try decoder.container(keyedBy: Name.self) }) {
            self = .object(
                try object.allKeys.sorted { $0.stringValue < $1.stringValue }.map { name in
                    Member(name.stringValue, try object.decode(JSONValue.self, forKey: name))
                })
        } else if let array = Self.decoded({ try decoder.unkeyedContainer() }) {
            self = .array(try Self.elements(of: array))
        } else {
            self = try Self.single(decoder.singleValueContainer())
        }
    }

    private static func elements(of container: any UnkeyedDecodingContainer) throws -> [JSONValue] {
        var container = container
        var elements: [JSONValue] = []
        while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
        return elements
    }

    private static func single(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let bool = decoded({ try container.decode(Bool.self) }) { return .bool(bool) }
        if let integer = decoded({ try container.decode(Int64.self) }) { return .integer(integer) }
        if let number = decoded({ try container.decode(Double.self) }) { return .number(number) }
        return .text(try container.decode(String.self))
    }

    /// Nil where the document holds something of another type there, which only trying tells. Decoders throw more
    /// than `DecodingError` then; what is of no type at all is told by the last that is tried.
    private static func decoded<T>(_ read: () throws -> T) -> T? {
        do {
            return try read()
        } catch {
            return nil
        }
    }
}
