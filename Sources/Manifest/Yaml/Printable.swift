extension Unicode.Scalar {
    /// Control characters, marks without width, marks that turn the direction of text around, and what is no
    /// character: nothing of which a reviewer would see, and some of which a terminal would obey. Those that join
    /// letters and emoji (U+200C, U+200D) are part of honest text.
    var isHidden: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0xAD, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        case 0xE0000...0xE007F: true
        default: value & 0xFFFE == 0xFFFE
        }
    }

    /// `U+0007`
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    /// Without anything that a terminal would obey.
    var printable: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isHidden { text += "<\(scalar.codePoint)>" } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    /// In single quotes for a message, made short and harmless.
    var quoted: String {
        let most = 60
        guard unicodeScalars.count > most else { return "'\(printable)'" }
        return "'\(String(String.UnicodeScalarView(unicodeScalars.prefix(most - 1))).printable)…'"
    }
}
