import Recurrence
import Reports

/// What a day has to tell, line by line.
struct DayLines {
    struct Line {
        /// `Tue 13`; empty where the line before was of the same day.
        var day: String
        var word: String
        var style: Style?
        /// Harmless for a terminal already.
        var text: String
    }

    private let day: MonthReport.Day
    private let report: MonthReport

    init(_ day: MonthReport.Day, in report: MonthReport) {
        self.day = day
        self.report = report
    }

    var lines: [Line] {
        var lines: [Line] = []
        func add(_ mark: DayMark, _ word: String, _ text: String) {
            let date =
                lines.isEmpty ? "\(day.date.weekday.name.prefix(3)) \(day.date.day < 10 ? " " : "")\(day.date.day)" : ""
            lines.append(Line(day: date, word: word, style: mark.style, text: PlainText.line(text)))
        }
        for closed in day.closed {
            switch closed.kind {
            case .holiday: add(.holiday, "holiday", "\(closed.name) (\(closed.calendar))")
            case .freeze where begins(closed):
                add(.freeze, "freeze", "\(closed.name), through \(closed.through) (\(closed.calendar))")
            case .freeze: break
            }
        }
        for opened in day.opened {
            // One that began before is told on the month's first day.
            let word = report.zone.local(opened.opening.opens).date < day.date ? "open" : "opens"
            add(.opened, word, "\(hours(opened.opening)) \(opened.window)")
        }
        for due in day.due { add(.due, "due", "\(times(due)) \(due.job)") }
        return lines
    }

    /// A freeze is told on the first of its days that the month has.
    private func begins(_ closed: MonthReport.Closed) -> Bool {
        let index = day.date.day - 1
        return index == 0 || !report.days[index - 1].closed.contains(closed)
    }

    /// `02:00-05:00`, with the day where that is another one.
    private func hours(_ opening: Opening) -> String {
        if opening.opens == .distantPast, opening.closes == .distantFuture { return "always" }
        let opens = opening.opens == .distantPast ? "ever open" : moment(opening.opens)
        return "\(opens)-\(opening.closes == .distantFuture ? "for ever" : moment(opening.closes))"
    }

    private func moment(_ instant: Instant) -> String {
        let local = report.zone.local(instant)
        guard local.date != day.date else { return LocalText.time(local) }
        let isNear = abs(local.date.daysSinceEpoch - day.date.daysSinceEpoch) < 7
        return isNear ? "\(local.date.weekday.name.prefix(3)) \(LocalText.time(local))" : LocalText.day(local)
    }

    /// `02:00`, or `02:00 to 23:45, 88 times`.
    private func times(_ due: MonthReport.Due) -> String {
        let (first, last) = (report.zone.local(due.first), report.zone.local(due.last))
        guard due.count > 1 else { return LocalText.time(first) }
        return "\(LocalText.time(first)) to \(LocalText.time(last)), \(due.count) times:"
    }
}
