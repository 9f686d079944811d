extension Schedule {
    /// The schedule in plain English: `at 02:00 on the second Tuesday of every month, five days later, Vancouver time`.
    public var inWords: String {
        if case .every = unexcepted.kind { return zonelessWords }
        return "\(zonelessWords), \(zone.inWords)"
    }

    private var unexcepted: Schedule {
        if case .excepted(let schedule) = kind { return schedule.base.unexcepted }
        return self
    }

    /// Without the zone.
    private var zonelessWords: String {
        switch kind {
        case .cron(let schedule): schedule.expression.fields.inWords
        case .rule(let schedule): schedule.inWords
        case .every(let schedule): schedule.inWords
        case .excepted(let schedule): schedule.base.zonelessWords + schedule.inWords
        }
    }
}

extension ExceptedSchedule {
    /// More are only counted.
    private static let mostListed = 3

    fileprivate var inWords: String {
        var text = ""
        if !including.isEmpty { text += ", and \(Self.times(including.map(\.local))) besides" }
        if !excluding.isEmpty { text += ", but not \(Self.times(excluding))" }
        return text
    }

    /// `on 2026-12-24 at 02:00`, `at five times`
    private static func times(_ locals: [Int64]) -> String {
        guard locals.count <= mostListed else { return "at \(English.count(locals.count, "time"))" }
        return English.list(
            locals.map(LocalTime.init(seconds:)).map { local in
                "on \(local.date) at \(TimeOfDaySet.clock(CivilMath.split(local.seconds).second))"
            })
    }
}

extension RuleSchedule {
    fileprivate var inWords: String {
        var text = RuleWords(rule: rule, start: set.set.start, times: set.set.times).text
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
