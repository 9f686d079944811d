/// Blots out what a message quotes, since it may be somebody's data.
enum Quotation {
    private static let marks: Set<Character> = ["\"", "'", "«", "»", "„", "“", "”"]

    /// `invalid input syntax for type integer: "12a"` becomes `invalid input syntax for type integer: "…"`.
    ///
    /// A datum may contain marks of its own: all from the first to the last goes, or to the end where there is but one.
    static func blotAll(in message: String) -> String {
        guard let first = message.firstIndex(where: marks.contains), let last = message.lastIndex(where: marks.contains)
        else { return message }
        return first == last ? message[...first] + "…" : message[...first] + "…" + message[last...]
    }

    /// Blots out the quotations that equal one of `texts`.
    static func blot(_ texts: [String], in message: String) -> String {
        var message = message
        for text in texts where !text.isEmpty {
            message = message.split(separator: "\"\(text)\"", omittingEmptySubsequences: false).joined(
                separator: "\"…\"")
        }
        return message
    }
}
