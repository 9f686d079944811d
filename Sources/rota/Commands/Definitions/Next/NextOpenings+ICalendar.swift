import Recurrence

extension NextOpenings {
    /// The openings as events. One whose bound lies further away than was looked is told as far as was looked.
    ///
    /// - Parameter after: after which moment they were asked for.
    func calendar(after: Instant) -> ICalendar {
        ICalendar(name: title, events: openings.map { event($0, after: after) })
    }

    private func event(_ opening: Opening, after: Instant) -> ICalendar.Event {
        let start = opening.opens == .distantPast ? after : opening.opens
        let end = opening.closes == .distantFuture ? max(start, after) + Self.farthest : opening.closes
        var lines = [inWords]
        if opening.lastStart < opening.closes {
            lines.append("Last start before \(LocalText.day(zone.local(opening.lastStart))) \(zone.name).")
        }
        let key = opening.opens == .distantPast ? "always" : ICalendar.compact(opening.opens)
        return ICalendar.Event(
            uid: "\(identity).\(key)@rota", start: start, end: end, summary: title, description: lines)
    }

    /// Ten years.
    private static let farthest = Duration.seconds(3653 * 86_400)
}
