/// A number for a text that is the same in every process, which Swift's own hashes are not: FNV-1a, 64 bits.
public enum StableHash {
    /// All 64 bits of it.
    public static func number(_ text: String) -> UInt64 {
        text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// In sixteen digits.
    public static func hexadecimal(_ text: String) -> String {
        let digits = String(number(text), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
