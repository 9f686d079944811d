import Recurrence

extension NextOccurrences {
    /// The moments as events: each begins when it is due, or when its window then lets it start.
    func calendar() -> ICalendar {
        ICalendar(name: title, events: entries.map(event))
    }

    private func event(_ entry: Entry) -> ICalendar.Event {
        let start = entry.startsAt ?? entry.occurrence.at
        let (local, zone) = (entry.occurrence.local, entry.occurrence.zone)
        var lines = [entry.inWords, "Due \(LocalText.day(local)) \(zone.name)."]
        if hasStarts {
            lines.append(
                entry.startsAt.map { "Can start \(LocalText.day(zone.local($0))) \(zone.name)." }
                    ?? "Its window opens no more after that.")
        }
        return ICalendar.Event(
            uid: "\(identity).\(entry.client.map { $0 + "." } ?? "")\(ICalendar.compact(entry.occurrence.at))@rota",
            start: start,
            // A moment has no length, but what has none is shown by few programs.
            end: start + max(length, .seconds(60)),
            summary: title + (entry.client.map { " (\($0))" } ?? ""), description: lines)
    }
}
