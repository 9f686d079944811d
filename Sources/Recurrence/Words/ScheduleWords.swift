extension Schedule {
    /// The schedule in plain English.
    public var inWords: String {
        switch kind {
        case .cron(let schedule): "cron '\(schedule.expression)', \(zone.inWords)"
        case .rule(let schedule): "\(schedule.rule), \(zone.inWords)"
        case .every(let schedule): "every \(Span(seconds: schedule.length))"
        }
    }
}

extension Window {
    /// The window in plain English.
    public var inWords: String {
        switch base {
        case .opening(let schedule, let length): "\(schedule.inWords), for \(Span(seconds: length))"
        case .outside(let business): "outside \(business.hours.texts.joined(separator: ", ")), \(zone.inWords)"
        }
    }
}

extension Zone {
    /// `Vancouver time`, `UTC`.
    public var inWords: String {
        guard let place = name.split(separator: "/").last, place != "UTC" else { return "UTC" }
        return place.map { $0 == "_" ? " " : $0 }.reduce(into: "") { $0.append($1) } + " time"
    }
}
