/// The forms in which a secret is looked for in output: as it is, its longer lines each, and as JSON writes it.
///
/// Other encodings (base64, percent signs) are not recognised: a command that prints these gives its secret away.
enum SecretForms {
    /// Shorter lines of a secret with several are words that are printed for other reasons.
    private static let shortestLine = 8

    static func of(_ secret: [UInt8]) -> [[UInt8]] {
        let lines = secret.split(separator: UInt8(ascii: "\n"))
            .map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : Array($0) }
        let plain = [secret] + (lines.count > 1 ? lines.filter { $0.count >= shortestLine } : [])
        return plain.flatMap { text in
            [text]
                + [false, true].flatMap { slash in
                    [inJSON(text, slash: slash), inASCII(text, slash: slash), inASCII(text, slash: slash, large: true)]
                }
        }
    }

    /// As a JSON string; some programs put a backslash before a slash, too.
    private static func inJSON(_ text: [UInt8], slash: Bool) -> [UInt8] {
        text.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "/") where slash: [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): Array("\\n".utf8)
            case UInt8(ascii: "\r"): Array("\\r".utf8)
            case UInt8(ascii: "\t"): Array("\\t".utf8)
            case 0..<0x20: Array("\\u00".utf8) + hex(UInt16(byte), digits: 2)
            default: [byte]
            }
        }
    }

    /// As a JSON string in which everything beyond ASCII is written as `\u…`, in small or large digits.
    private static func inASCII(_ text: [UInt8], slash: Bool, large: Bool = false) -> [UInt8] {
        guard let decoded = String(validating: text, as: UTF8.self) else { return text }
        return decoded.utf16.flatMap { unit -> [UInt8] in
            unit < 0x80
                ? inJSON([UInt8(unit)], slash: slash) : Array("\\u".utf8) + hex(unit, digits: 4, large: large)
        }
    }

    private static func hex(_ value: UInt16, digits: Int, large: Bool = false) -> [UInt8] {
        let text = Array(String(value, radix: 16, uppercase: large).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: digits - text.count) + text
    }
}
