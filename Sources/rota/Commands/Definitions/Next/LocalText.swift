import Recurrence

/// Local times for people.
enum LocalText {
    /// `Sun 2026-02-15 02:00`, with seconds where there are any.
    static func day(_ local: LocalTime) -> String {
        "\(local.date.weekday.name.prefix(3)) \(local.date) \(time(local))"
    }

    /// To the minute, for a moment that is only roughly meant.
    static func minute(_ local: LocalTime) -> String {
        "\(local.date.weekday.name.prefix(3)) \(local.date) \(twoDigits(local.hour)):\(twoDigits(local.minute))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func time(_ local: LocalTime) -> String {
        let parts = local.second == 0 ? [local.hour, local.minute] : [local.hour, local.minute, local.second]
        return parts.map(twoDigits).joined(separator: ":")
    }
}
