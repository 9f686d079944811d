import Recurrence

/// A JSON document as a tree. Members keep the order in which they were declared, so that the same answer is the
/// same text every time.
public enum JSONValue: Hashable, Sendable {
    /// A name and what stands under it.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    case integer(Int64)
    /// Infinities and what is no number are written as null, for which JSON has no other word.
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([Member])
}

extension JSONValue {
    /// Nothing is null.
    public init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }

    /// Nothing is null.
    public init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64($0)) } ?? .null }

    /// RFC 3339 in UTC with `Z`, and a fraction only where there is one. Nothing is null.
    public init(_ instant: Instant?) { self.init(instant?.description) }

    /// Whole seconds, cut towards zero: for names that end in `Seconds`. Nothing is null.
    public init(seconds: Duration?) { self.init(seconds?.components.seconds) }

    /// What stands under a name; nil where there is none, or where this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}
