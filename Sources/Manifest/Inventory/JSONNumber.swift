/// A number of JSON (RFC 8259 section 6), as the text that facts have: written out, without an exponent.
enum JSONNumber {
    /// As many characters as a number of a fact may have at most, its sign not counted; a longer one would be a text.
    static let mostCharacters = 30

    enum Reading: Hashable {
        /// `64` as it is; `-1500` for `-1.5e3`, with the very value.
        case number(String)
        /// Written out it is longer than facts have numbers.
        case tooLong
        /// JSON has no such number: `007`, `+1`, `.5`, `0x10`, `nan`.
        case none
    }

    static func read(_ text: String) -> Reading {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let unsigned = isNegative ? text.dropFirst() : text[...]
        let parts = unsigned.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, mantissa.count <= 2, mantissa.allSatisfy(isDigits), isWhole(mantissa[0]) else {
            return .none
        }
        let fraction = mantissa.count == 2 ? mantissa[1] : ""
        let written: String?
        if parts.count == 2 {
            guard isExponent(parts[1]) else { return .none }
            written = writtenOut(mantissa[0], fraction, parts[1])
        } else {
            written = String(unsigned)
        }
        guard let written, written.utf8.count <= mostCharacters else { return .tooLong }
        return .number(isNegative ? "-\(written)" : written)
    }

    /// The digits with the point where the exponent moves it to; nil where that takes too many of them.
    private static func writtenOut(_ whole: Substring, _ fraction: Substring, _ exponent: Substring) -> String? {
        let all = whole + fraction
        let digits = String(all.drop { $0 == "0" })
        guard !digits.isEmpty else { return "0" }
        // What has more digits than an Int is so far away that no mantissa of a line brings it back.
        guard let shift = Int(exponent), (-1_000_000...1_000_000).contains(shift) else { return nil }
        let point = whole.count - (all.count - digits.count) + shift
        guard point <= mostCharacters, point >= -mostCharacters else { return nil }
        let padded = String(repeating: "0", count: max(0, 1 - point)) + digits
        let places = max(1, point)
        guard padded.count > places else { return padded + String(repeating: "0", count: places - padded.count) }
        var behind = String(padded.dropFirst(places))
        while behind.last == "0" { behind.removeLast() }
        return padded.prefix(places) + (behind.isEmpty ? "" : ".\(behind)")
    }

    private static func isExponent(_ text: Substring) -> Bool {
        isDigits(text.first == "-" || text.first == "+" ? text.dropFirst() : text)
    }

    private static func isWhole(_ text: Substring) -> Bool { text.utf8.count == 1 || text.first != "0" }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
