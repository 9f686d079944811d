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
        // The types are compared first, since an empty array casts to an array of anything.
        if Element.self == UInt8.self, let bytes = self as? [UInt8] {
            buffer.write(bytes)
        } else {
            ArrayFormat.encode(self, into: &buffer)
        }
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> [Element] {
        if Element.self == UInt8.self, let whole = bytes.withUnsafeBytes({ [UInt8]($0) }) as? [Element] {
            return whole
        }
        return try ArrayFormat.decode(bytes)
    }
}
