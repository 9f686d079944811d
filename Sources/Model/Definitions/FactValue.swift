import Recurrence

/// What the text of a fact or a label says. Nothing is guessed: `2021-03-09` is a date and `16` a number, but `16 GB`,
/// `007`, `2024-02-30` and `yes` are texts.
public enum FactValue: Hashable, Sendable {
    case date(CivilDate)
    /// Of decimal digits, with a sign and a point where they are wanted.
    case number(Double)
    /// `true` or `false`.
    case yesOrNo(Bool)
    case text(String)

    public init(_ text: String) {
        if let date = CivilDate(text) {
            self = .date(date)
        } else if let number = Self.number(text) {
            self = .number(number)
        } else if text == "true" || text == "false" {
            self = .yesOrNo(text == "true")
        } else {
            self = .text(text)
        }
    }

    /// Nil for what is no plain number: `1e3`, `0x10`, `.5`, `007`, and what has more than 30 characters.
    static func number(_ text: String) -> Double? {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        guard (1...30).contains(digits.count) else { return nil }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }),
            parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
        else { return nil }
        return Double(text)
    }
}
