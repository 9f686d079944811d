/// How many cells of a terminal text takes.
///
/// Wide and fullwidth characters of East Asia (UAX #11) and emoji take two, combining ones none. Terminals differ on
/// rare ones; nothing depends on this but how columns line up.
enum TextWidth {
    static func of(_ text: String) -> Int {
        // Printable ASCII, which nearly everything is.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        guard let base = character.unicodeScalars.first else { return 0 }
        if base.isASCII { return 1 }
        let takesEmojiForm = character.unicodeScalars.dropFirst().contains { $0 == "\u{FE0F}" || $0 == "\u{200D}" }
        if isWide(base) || takesEmojiForm { return 2 }
        switch base.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    /// The text cut to at most `width` cells, the last of them `…` where something was cut.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        guard width > 0 else { return "" }
        var kept = ""
        var taken = 0
        for character in text {
            let next = of(character)
            if taken + next > width - 1 { break }
            kept.append(character)
            taken += next
        }
        return kept + "…"
    }

    /// The text in lines of at most `width` cells, broken between words where that goes; the last of at most `most`
    /// lines is cut.
    static func wrapped(_ text: String, to width: Int, most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var words = text.split(separator: " ")[...]
        while let word = words.first, lines.count + 1 < most {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if of(longer) <= width {
                line = longer
            } else if line.isEmpty {
                break
            } else {
                lines.append(line)
                line = ""
                continue
            }
            words.removeFirst()
        }
        let rest = ([line] + words.map(String.init)).filter { !$0.isEmpty }.joined(separator: " ")
        return lines + [cut(rest, to: width)]
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isEmojiPresentation { return true }
        return wideRanges.contains { $0.contains(scalar.value) }
    }

    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
