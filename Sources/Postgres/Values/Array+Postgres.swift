/// An array is the server's array of the element's type, in one dimension. An array of bytes is `bytea`.
extension Array: PostgresValue where Element: PostgresValue {
    public static var postgresType: PostgresType {
        Element.self == UInt8.self ? .bytea : Element.postgresType.array
    }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        if Element.self == UInt8.self { return type == PostgresType.bytea.id }
        return ArrayFormat.canDecode(type, elements: Element.self)
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        if Element.self == UInt8.self {
            withUnsafeBytes { buffer.write($0) }
        } else {
            ArrayFormat.encode(self, into: &buffer)
        }
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> [Element] {
        if Element.self == UInt8.self { return copy(bytes) }
        return try ArrayFormat.decode(bytes)
    }

    /// The bytes as they are, where the elements are bytes. (A cast of the whole array looks at each element.)
    private static func copy(_ bytes: RawSpan) -> [Element] {
        bytes.withUnsafeBytes { raw in
            [Element](unsafeUninitializedCapacity: raw.count) { target, count in
                UnsafeMutableRawBufferPointer(target).copyMemory(from: raw)
                count = raw.count
            }
        }
    }
}
