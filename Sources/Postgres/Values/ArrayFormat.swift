/// The binary format of arrays: dimensions, a flag for nulls, the element's type; a length and a lower bound for each
/// dimension; then every element with its length before it (`array_send` in arrayfuncs.c).
enum ArrayFormat {
    static func encode<T: PostgresValue>(_ elements: [T], into buffer: inout PostgresBuffer) {
        buffer.write(Int32(elements.isEmpty ? 0 : 1))
        buffer.write(Int32(1))
        buffer.write(T.postgresType.id)
        guard !elements.isEmpty else { return }
        buffer.write(Int32(elements.count))
        buffer.write(Int32(1))
        for element in elements {
            buffer.writeSized { element.encodePostgres(into: &$0) }
        }
    }

    static func decode<T: PostgresValue>(_ bytes: RawSpan) throws -> [T] {
        let dimensions: Int32 = try bytes.integer(at: 0)
        guard dimensions > 0 else { return [] }
        guard dimensions == 1 else {
            throw PostgresDecodingProblem("has \(dimensions) dimensions, where one is supported")
        }
        let type: PostgresType.ID = try bytes.integer(at: 8)
        guard T.canDecode(type) else {
            throw PostgresDecodingProblem("has elements of \(PostgresType.name(of: type)), not of \(T.self)")
        }
        return try elements(of: bytes, count: Int(try bytes.integer(at: 12, as: Int32.self)), type: type)
    }

    private static func elements<T: PostgresValue>(
        of bytes: RawSpan, count: Int, type: PostgresType.ID
    ) throws -> [T] {
        var found: [T] = []
        // Each element has at least its length: what claims more is not an array.
        guard count >= 0, count <= bytes.byteCount / 4 else {
            throw PostgresDecodingProblem("claims \(count) elements in \(bytes.byteCount) bytes")
        }
        found.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            let length = Int(try bytes.integer(at: offset, as: Int32.self))
            offset += 4
            guard length >= 0 else {
                found.append(try T.decodePostgresNull())
                continue
            }
            guard bytes.byteCount - offset >= length else {
                throw PostgresDecodingProblem("ends inside an element")
            }
            found.append(try T.decodePostgres(bytes.extracting(offset..<offset + length), type: type))
            offset += length
        }
        return found
    }

    /// The texts of an array that this client has written itself.
    static func texts(in bytes: ArraySlice<UInt8>) -> [String] {
        var rest = bytes.dropFirst(20)
        var found: [String] = []
        while rest.count >= 4 {
            let length = rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            rest = rest.dropFirst(4)
            let size = max(Int(Int32(bitPattern: length)), 0)
            found.append(String(decoding: rest.prefix(size), as: UTF8.self))
            rest = rest.dropFirst(size)
        }
        return found
    }

    /// Whether a column's type is an array whose elements can be read. Of a type that the database defines itself only
    /// the array itself knows what its elements are.
    static func canDecode<T: PostgresValue>(_ type: PostgresType.ID, elements: T.Type) -> Bool {
        let firstOfTheDatabase: PostgresType.ID = 16_384
        if type >= firstOfTheDatabase { return true }
        guard let element = elementTypes[type] else { return false }
        return T.canDecode(element)
    }

    private static let elementTypes: [PostgresType.ID: PostgresType.ID] = [
        1000: 16, 1001: 17, 1002: 18, 1003: 19, 1005: 21, 1007: 23, 1009: 25, 1014: 1042, 1015: 1043, 1016: 20,
        1021: 700, 1022: 701, 1028: 26, 1182: 1082, 1185: 1184, 1187: 1186, 199: 114, 3807: 3802,
    ]
}
