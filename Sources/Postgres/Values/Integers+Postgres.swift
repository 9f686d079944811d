extension Int16: PostgresValue {
    public static var postgresType: PostgresType { .int2 }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(self)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Int16 {
        try bytes.integer()
    }
}

extension Int32: PostgresValue {
    public static var postgresType: PostgresType { .int4 }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        type == PostgresType.int4.id || type == PostgresType.int2.id
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(self)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Int32 {
        type == PostgresType.int2.id ? Int32(try bytes.integer(as: Int16.self)) : try bytes.integer()
    }
}

extension Int64: PostgresValue {
    public static var postgresType: PostgresType { .int8 }

    /// Every integer that the server has, `oid` included.
    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        type == PostgresType.int8.id || Int32.canDecode(type) || type == oid
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(self)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Int64 {
        switch type {
        case PostgresType.int8.id: try bytes.integer()
        case oid: Int64(try bytes.integer(as: UInt32.self))
        default: Int64(try Int32.decodePostgres(bytes, type: type))
        }
    }

    private static var oid: PostgresType.ID { 26 }
}

/// `Int` is `bigint`, and needs a machine of 64 bits.
extension Int: PostgresValue {
    public static var postgresType: PostgresType { .int8 }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        Int64.canDecode(type)
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(Int64(self))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> Int {
        Int(try Int64.decodePostgres(bytes, type: type))
    }
}
