/// Nothing is null.
extension Optional: PostgresValue where Wrapped: PostgresValue {
    public static var postgresType: PostgresType { Wrapped.postgresType }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        Wrapped.canDecode(type)
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        if let self {
            self.encodePostgres(into: &buffer)
        } else {
            buffer.writeNull()
        }
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Wrapped? {
        try Wrapped.decodePostgres(bytes, type: type)
    }

    public static func decodePostgresNull() -> Wrapped? {
        nil
    }
}
