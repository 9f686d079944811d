/// Days on which windows are closed: a manifest's calendar, before it is laid onto a zone.
///
/// It holds whole local days, single ones and recurring ones, each with a name, and freezes with their reason.
public struct ClosedDays: Sendable {
    /// Why a day is closed.
    public enum Reason: Hashable, Sendable {
        case day(name: String)
        case freeze(reason: String, from: CivilDate, through: CivilDate)
    }

    /// Recurring days begin with a date; the rule's time of day does not matter.
    struct Recurring: Sendable {
        var set: RuleSet
        var name: String
    }

    private(set) var dates: [(date: CivilDate, name: String)] = []
    private(set) var recurring: [Recurring] = []
    private(set) var freezes: [(from: CivilDate, through: CivilDate, reason: String)] = []

    public init() {}

    /// Closes one day.
    public mutating func add(date: CivilDate, name: String) {
        let index = dates.firstIndex { $0.date >= date } ?? dates.count
        dates.insert((date, name), at: index)
    }

    /// Closes every day that a rule gives from a date on.
    public mutating func add(rule: RecurrenceRule, starting: CivilDate, name: String) throws(RuleError) {
        guard rule.frequency <= .daily else {
            throw RuleError(
                "a calendar's days recur daily at most, not FREQ=\(rule.frequency.code)",
                hint: "write FREQ=YEARLY, MONTHLY, WEEKLY or DAILY")
        }
        let start = LocalTime(seconds: Int64(starting.daysSinceEpoch) * CivilMath.secondsPerDay)
        recurring.append(
            Recurring(set: RuleSet(rule, starting: start, zone: .utc), name: name))
    }

    /// Closes the days from one to another, both included. Throws where they are the wrong way round.
    public mutating func addFreeze(from: CivilDate, through: CivilDate, reason: String) throws(RuleError) {
        guard from <= through else {
            throw RuleError(
                "the freeze ends on \(through), before it begins on \(from)", hint: "exchange 'from' and 'through'")
        }
        freezes.append((from, through, reason))
    }

    /// Both together.
    public mutating func add(_ other: ClosedDays) {
        for (date, name) in other.dates { add(date: date, name: name) }
        recurring += other.recurring
        freezes += other.freezes
    }

    /// The days alone. People work in a freeze: it keeps windows closed, and is no holiday.
    var withoutFreezes: ClosedDays {
        var days = self
        days.freezes = []
        return days
    }

    /// Whether it has neither days nor freezes.
    public var isEmpty: Bool { dates.isEmpty && recurring.isEmpty && freezes.isEmpty }

    /// What its days and freezes are called, in the order in which they were added by kind.
    var names: [String] { recurring.map(\.name) + dates.map(\.name) + freezes.map(\.reason) }

    /// Why that day is closed; nil where it is not. A freeze counts before a day.
    public func reason(on date: CivilDate) -> Reason? {
        if let freeze = freezes.first(where: { $0.from <= date && date <= $0.through }) {
            return .freeze(reason: freeze.reason, from: freeze.from, through: freeze.through)
        }
        if let found = dates.first(where: { $0.date == date }) { return .day(name: found.name) }
        if let found = recurring.first(where: { $0.next(date) == date }) { return .day(name: found.name) }
        return nil
    }

    /// The first closed day on or after a date, if there is any.
    public func next(onOrAfter date: CivilDate) -> CivilDate? {
        var best = dates.first { $0.date >= date }?.date
        for freeze in freezes where freeze.through >= date { best = Self.earlier(best, max(freeze.from, date)) }
        for days in recurring {
            if best == date { break }
            best = Self.earlier(best, days.next(date))
        }
        return best
    }

    /// The first day on or after a date that is not closed; nil where every one is to the end of time.
    func nextOpen(onOrAfter date: CivilDate) -> CivilDate? {
        var day = date
        while let closed = next(onOrAfter: day), closed == day {
            guard day < .last else { return nil }
            let through = freezes.filter { $0.from <= day && day <= $0.through }.map(\.through).max() ?? day
            day = through.adding(days: 1)
        }
        return day
    }

    private static func earlier(_ left: CivilDate?, _ right: CivilDate?) -> CivilDate? {
        guard let left, let right else { return left ?? right }
        return min(left, right)
    }
}

extension ClosedDays.Recurring {
    func next(_ date: CivilDate) -> CivilDate? {
        set.first(atOrAfter: Int64(date.daysSinceEpoch) * CivilMath.secondsPerDay, before: RuleEngine.horizon)
            .map { CivilDate(daysSinceEpoch: CivilMath.split($0).day) }
    }
}
