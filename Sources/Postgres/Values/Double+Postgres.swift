extension Double: PostgresValue {
    public static var postgresType: PostgresType { .float8 }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        type == PostgresType.float8.id || type == PostgresType.float4.id
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(bitPattern)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Double {
        type == PostgresType.float4.id
            ? Double(Float(bitPattern: try bytes.integer())) : Double(bitPattern: try bytes.integer())
    }
}
