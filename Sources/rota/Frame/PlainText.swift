/// Text from elsewhere, made harmless for a terminal: no control character, escape sequence or character that turns
/// the direction of writing around reaches it.
enum PlainText {
    /// For one line: line ends and tabs become spaces, other controls U+FFFD.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\t", "\u{2028}", "\u{2029}", "\u{85}": line.append(" ")
            case _ where isUnsafe(scalar): line.append("\u{FFFD}")
            default: line.append(scalar)
            }
            previous = scalar
        }
        return String(line)
    }

    /// For several lines: line ends and tabs stay, a carriage return before a line's end goes.
    static func lines(_ bytes: some Sequence<UInt8>) -> String {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        var lines = String.UnicodeScalarView()
        var pendingReturn = false
        for scalar in text.unicodeScalars {
            if pendingReturn, scalar != "\n" { lines.append("\u{FFFD}") }
            pendingReturn = scalar == "\r"
            switch scalar {
            case "\r": break
            case "\n", "\t": lines.append(scalar)
            case _ where isUnsafe(scalar): lines.append("\u{FFFD}")
            default: lines.append(scalar)
            }
        }
        if pendingReturn { lines.append("\u{FFFD}") }
        return String(lines)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{2029}": true
        // Overrides, embeddings and isolates: they can show a name as another one (Unicode technical report 36).
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}"..."\u{200F}", "\u{61C}": true
        default: false
        }
    }
}
