/// A Swift value that can be bound to a statement's place and read from a row, in PostgreSQL's binary format.
///
/// Types of other modules usually wrap a type that conforms already: see `PostgresWrapper`. An enumeration with raw
/// values of such a type conforms by saying so.
public protocol PostgresValue: Sendable {
    /// The type that a parameter is declared as.
    static var postgresType: PostgresType { get }

    /// Whether a column of this type can be read as this one.
    static func canDecode(_ type: PostgresType.ID) -> Bool

    /// Writes the value, or says that there is none with `writeNull()`.
    func encodePostgres(into buffer: inout PostgresBuffer)

    /// Reads a value that is not null.
    /// - Throws: `PostgresDecodingProblem` where the bytes are not such a value.
    static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Self

    /// What null is read as. Only optionals have an answer.
    static func decodePostgresNull() throws -> Self
}

extension PostgresValue {
    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        type == postgresType.id
    }

    public static func decodePostgresNull() throws -> Self {
        throw PostgresDecodingProblem("is null; read it as \(Self.self)?, or keep nulls out with coalesce or not null")
    }
}

/// Why bytes are not a value. The reason stands in error messages: it never contains the value.
public struct PostgresDecodingProblem: Error, Sendable, Hashable {
    public let reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}
