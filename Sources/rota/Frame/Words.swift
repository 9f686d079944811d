import Recurrence

/// Numbers and spans in words.
enum Words {
    /// "1 run", "3 runs", "2 copies" with the plural given.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }

    /// The two largest units of a span that has them: "12d 4h", "3h 5m", "45s". Less than a second is "0s".
    static func span(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        guard seconds >= 0 else { return "-" + span(.zero - duration) }
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
        guard let largest = units.firstIndex(where: { seconds >= $0.0 }) else { return "0s" }
        let first = seconds / units[largest].0
        let rest = seconds % units[largest].0
        guard largest + 1 < units.count, rest >= units[largest + 1].0 else { return "\(first)\(units[largest].1)" }
        return "\(first)\(units[largest].1) \(rest / units[largest + 1].0)\(units[largest + 1].1)"
    }

    /// "in 3h 5m", "12d 4h ago", "now".
    static func distance(to instant: Instant, from now: Instant) -> String {
        let difference = instant - now
        if difference >= .seconds(1) { return "in \(span(difference))" }
        return difference > .seconds(-1) ? "now" : "\(span(now - instant)) ago"
    }

    /// To the second, in UTC, shorter than RFC 3339: "2026-02-15 10:00:00Z".
    static func moment(_ instant: Instant) -> String {
        Instant(seconds: instant.seconds).description.replacing("T", with: " ")
    }
}
