/// A JSON document as text, stored as `jsonb`. The server checks that it is one.
public struct JSON: PostgresValue, Hashable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public static var postgresType: PostgresType { .jsonb }

    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        type == PostgresType.jsonb.id || type == PostgresType.json.id
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(JSON.version)
        buffer.write(text.utf8)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> JSON {
        guard type == PostgresType.jsonb.id else {
            return JSON(try String.decodePostgres(bytes, type: type))
        }
        guard try bytes.integer(as: UInt8.self) == version else {
            throw PostgresDecodingProblem("is in a format of jsonb that is not known here")
        }
        return JSON(try String.decodePostgres(bytes.extracting(droppingFirst: 1), type: type))
    }

    /// The only version of the binary format of `jsonb` there is: it is the text with this byte before it.
    private static var version: UInt8 { 1 }
}
