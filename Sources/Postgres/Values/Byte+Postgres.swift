/// There is no type of one byte at the server: `UInt8` is a value only so that `[UInt8]` can be one, which is `bytea`.
/// A single byte is bound as `smallint`.
extension UInt8: PostgresValue {
    public static var postgresType: PostgresType { .int2 }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(Int16(self))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> UInt8 {
        guard let value = UInt8(exactly: try bytes.integer(as: Int16.self)) else {
            throw PostgresDecodingProblem("is not between 0 and 255")
        }
        return value
    }
}
