import Recurrence

extension Duration {
    /// `3d4h`, `12m5s`; below ten seconds in milliseconds.
    var inWords: String {
        let (seconds, attoseconds) = components
        guard abs(seconds) >= 10 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms" }
        let length = abs(seconds)
        let most = Span(days: Int(length / 86_400), seconds: length >= 86_400 ? length % 86_400 / 3600 * 3600 : length)
        return seconds < 0 ? "-\(most)" : "\(most)"
    }
}

/// `1 worker`, `3 workers`
func counted(_ number: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
}

/// The first few of a list, and how many more there are.
func listed(_ names: [String], most: Int = 3) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
}
