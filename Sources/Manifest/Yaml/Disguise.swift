/// Stands private characters in for ASCII ones, so that Yams reads a letter where an alias, an anchor or a tag would be.
///
/// Yams follows an alias as soon as it sees one, and a few hundred bytes of aliases to aliases can then keep it
/// busy for ever. Disguised, they are plain words, and the place of each tells afterwards that it was none. One
/// character stands for one, so lines and columns stay what they are.
enum Disguise {
    /// The private use area; a source that holds any of it is refused, so nothing is mistaken.
    static let range: ClosedRange<UInt32> = 0xE000...0xF8FF

    /// How often the same character can be disguised differently.
    static let rounds = 50

    static func isProperty(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "&" || scalar == "!" }

    /// Nil for what is not ASCII.
    static func of(_ scalar: Unicode.Scalar, round: Int = 0) -> Unicode.Scalar? {
        guard scalar.isASCII, (0..<rounds).contains(round) else { return nil }
        return Unicode.Scalar(range.lowerBound + UInt32(round) * 128 + scalar.value)
    }

    /// The text as it was written.
    static func lift(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { range.contains($0.value) }) else { return text }
        var lifted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard range.contains(scalar.value),
                let written = Unicode.Scalar((scalar.value - range.lowerBound) % 128)
            else {
                lifted.append(scalar)
                continue
            }
            lifted.append(written)
        }
        return String(lifted)
    }
}
