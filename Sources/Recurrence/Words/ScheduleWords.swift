extension Schedule {
    /// The schedule in plain English: `at 02:00 on the second Tuesday of every month, five days later, Vancouver time`.
    public var inWords: String {
        switch kind {
        case .cron(let schedule): "\(schedule.expression.fields.inWords), \(zone.inWords)"
        case .rule(let schedule): "\(schedule.inWords), \(zone.inWords)"
        case .every(let schedule): schedule.inWords
        }
    }
}

extension RuleSchedule {
    fileprivate var inWords: String {
        var text = RuleWords(rule: rule, start: set.set.start, times: set.set.times).text
        if set.set.included > 0 { text += ", and at \(English.count(set.set.included, "time")) besides" }
        if set.set.excluded > 0 { text += ", but not at \(English.count(set.set.excluded, "time"))" }
        if offset.days > 0 { text += ", \(English.count(offset.days, "day")) later" }
        switch set.move {
        case .onOrAfter: text += ", or the next business day where that is none"
        case .onOrBefore: text += ", or the business day before where that is none"
        case .after(let count): text += ", \(English.count(count, "business day")) later"
        case .before(let count): text += ", \(English.count(count, "business day")) earlier"
        case nil: break
        }
        if offset.seconds > 0 { text += ", \(Span(seconds: offset.seconds).inWords) later" }
        return text
    }
}

extension EverySchedule {
    fileprivate var inWords: String {
        let units: [(Int64, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
        let (size, unit) = units.first { length % $0.0 == 0 } ?? (1, "second")
        let count = Int(length / size)
        let text = count == 1 ? "every \(unit)" : "every \(English.number(count)) \(unit)s"
        return "\(text), counted from \(Instant(seconds: anchor))"
    }
}

extension Zone {
    /// `Vancouver time`, `UTC`.
    public var inWords: String {
        let place = name.split(separator: "/").last.map { String($0.map { $0 == "_" ? " " : $0 }) } ?? name
        return name == "UTC" || name.hasPrefix("Etc/") ? place : "\(place) time"
    }
}
