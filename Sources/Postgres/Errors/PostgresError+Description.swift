extension PostgresError: CustomStringConvertible {
    /// First the cause in a line of its own, then what it is about, then how to mend it.
    public var description: String {
        var lines = ["\(operation): \(headline)"]
        if let statement {
            lines.append("  statement: \(PostgresError.oneLine(statement.sql))")
            if let place = place(in: statement) {
                lines.append("  at \(place)")
            }
        }
        if let constraint {
            lines.append("  constraint: \(constraint)")
        }
        if outcomeIsUnknown {
            lines.append("  nobody knows whether it took effect: look before doing it again")
        }
        if let hint {
            lines.append("  \(hint)")
        }
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        guard let sqlState else { return cause }
        return "\(cause) (SQLSTATE \(sqlState))"
    }

    private func place(in statement: Statement) -> String? {
        guard let position, position > 0 else { return nil }
        let before = statement.sql.unicodeScalars.prefix(position - 1)
        let line = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        let word = statement.sql.unicodeScalars.dropFirst(position - 1).prefix {
            !" \n\t(),;".unicodeScalars.contains($0)
        }
        return "line \(line), column \(column): \(String(String.UnicodeScalarView(word.prefix(40))))"
    }

    private static func oneLine(_ sql: String) -> String {
        let words = sql.split(whereSeparator: \.isWhitespace)
        let line = words.joined(separator: " ")
        return line.count <= 400 ? line : line.prefix(400) + " …"
    }
}
