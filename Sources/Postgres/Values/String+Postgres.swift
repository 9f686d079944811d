/// Bound as `text`: where the server wants an enumeration, `uuid` or the like, cast in the statement (`$1::uuid`).
///
/// PostgreSQL keeps no character of value zero: a text that contains one is refused by the server (22021).
extension String: PostgresValue {
    public static var postgresType: PostgresType { .text }

    /// Texts of every kind, and the types that a database defines itself: an enumeration is sent as its label.
    public static func canDecode(_ type: PostgresType.ID) -> Bool {
        let (char, name, unknown, bpchar, varchar, xml): (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) =
            (18, 19, 705, 1042, 1043, 142)
        let firstOfTheDatabase: UInt32 = 16_384
        return [PostgresType.text.id, varchar, name, bpchar, char, unknown, xml].contains(type)
            || type >= firstOfTheDatabase
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(utf8)
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> String {
        let text = bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        guard let text else {
            throw PostgresDecodingProblem("is not UTF-8; cast it to text in the statement")
        }
        return text
    }
}
