/// A type that is stored as another one: a name as text, an instant as a timestamp.
public protocol PostgresWrapper: PostgresValue {
    associatedtype PostgresBase: PostgresValue

    var postgresBase: PostgresBase { get }

    /// - Throws: `PostgresDecodingProblem` where the stored value is none of this type's.
    init(postgresBase: PostgresBase) throws
}

extension PostgresWrapper {
    public static var postgresType: PostgresType { PostgresBase.postgresType }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        PostgresBase.canDecode(type)
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        postgresBase.encodePostgres(into: &buffer)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Self {
        try Self(postgresBase: .decodePostgres(bytes, type: type))
    }
}

extension PostgresValue where Self: RawRepresentable, RawValue: PostgresValue {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        RawValue.canDecode(type)
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        rawValue.encodePostgres(into: &buffer)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Self {
        guard let value = try Self(rawValue: .decodePostgres(bytes, type: type)) else {
            throw PostgresDecodingProblem("is none of the values of \(Self.self)")
        }
        return value
    }
}
