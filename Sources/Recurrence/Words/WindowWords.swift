extension Window {
    /// The window in plain English: `opens at 02:00 every Sunday, London time, for three hours; nothing starts in the
    /// last 45 minutes`.
    public var inWords: String {
        var text: String
        switch base {
        case .opening(let schedule, let length):
            text = "opens \(schedule.inWords), for \(Span(seconds: length).inWords)"
        case .outside(let business):
            let hours = business.hours.texts.joined(separator: ", ")
            text =
                hours.isEmpty
                ? "open all the time (there are no business hours), \(zone.inWords)"
                : "open outside business hours (\(hours)), \(zone.inWords)"
            if !business.holidays.isEmpty { text += ", and all day on \(English.list(business.holidays.titles))" }
        }
        if cutoff > 0 { text += "; nothing starts in the last \(Span(seconds: cutoff).inWords)" }
        if !closed.isEmpty { text += "; closed on \(English.list(closed.titles))" }
        return text
    }
}

extension ClosedDays {
    /// The names of the days and freezes, the first few of them.
    fileprivate var titles: [String] {
        var titles: [String] = []
        for title in names where !titles.contains(title) { titles.append(title) }
        let most = 5
        return titles.count <= most ? titles : titles.prefix(most - 1) + ["\(titles.count - most + 1) others"]
    }
}
