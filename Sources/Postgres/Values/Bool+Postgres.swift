extension Bool: PostgresValue {
    public static var postgresType: PostgresType { .bool }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(UInt8(self ? 1 : 0))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Bool {
        try bytes.integer(as: UInt8.self) != 0
    }
}
