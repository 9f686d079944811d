/// A rule laid onto a zone: it says when something is due.
///
/// A schedule is a value, made once and asked often; asking allocates nothing.
public struct Schedule: Sendable {
    enum Kind: Sendable {
        case cron(CronSchedule)
        case rule(RuleSchedule)
        case every(EverySchedule)
        case excepted(ExceptedSchedule)
    }

    let kind: Kind
    /// The zone whose clock the rule follows. (`every` follows none; it is told in UTC unless it was made with
    /// another.)
    public let zone: Zone

    init(_ kind: Kind, _ zone: Zone) {
        self.kind = kind
        self.zone = zone
    }

    /// A cron expression in a zone, with Debian's rules where the clock changes.
    public static func cron(_ expression: CronExpression, zone: Zone) -> Schedule {
        Schedule(.cron(CronSchedule(expression, zone)), zone)
    }

    /// A recurrence rule from a start on, in a zone.
    ///
    /// - Parameters:
    ///   - starting: DTSTART of RFC 5545. It recurs itself only where the rule matches it.
    ///   - offset: moves each occurrence: days on the wall clock, and at the end hours, minutes and seconds as
    ///     elapsed time.
    ///   - move: moves each date to a business day, after the offset's days.
    ///   - businessDays: which days are business days; Monday to Friday unless told otherwise.
    /// - Throws: where dates are moved that recur more often than daily.
    public static func rrule(
        _ rule: RecurrenceRule, starting: LocalTime, zone: Zone, offset: Span = .zero, move: BusinessDayMove? = nil,
        businessDays: BusinessDays = BusinessDays()
    ) throws(RuleError) -> Schedule {
        if let move, rule.frequency > .daily {
            throw RuleError(
                "'\(move)' moves days, and FREQ=\(rule.frequency.code) names times within a day",
                hint: "write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
        }
        let set = RuleSet(rule, starting: starting, zone: zone)
        let moved = MovedSet(set, days: offset.days, move: move, business: businessDays)
        return Schedule(.rule(RuleSchedule(rule, moved, zone, offset)), zone)
    }

    /// Each time that a length of elapsed time has passed, counted from an anchor: the same on every host.
    ///
    /// - Parameters:
    ///   - length: 1 second to 10 years (3,650 days), in whole seconds.
    ///   - anchor: one of the moments; 1970-01-01T00:00:00Z by default.
    ///   - zone: in which the local times are told; it changes no moment.
    public static func every(
        _ length: Duration, anchor: Instant = Instant(microseconds: 0), zone: Zone = .utc
    ) throws(RuleError) -> Schedule {
        Schedule(.every(try EverySchedule(length, anchor, zone)), zone)
    }

    /// The schedule with some local times besides (RDATE), and without some others (EXDATE), in its zone.
    ///
    /// They are times at which it is due in the end, after `offset` and `move`. Of a time that the clock shows twice the
    /// first is included, and both are excluded.
    public func except(including: [LocalTime] = [], excluding: [LocalTime] = []) -> Schedule {
        guard !including.isEmpty || !excluding.isEmpty else { return self }
        return Schedule(.excepted(ExceptedSchedule(self, including: including, excluding: excluding)), zone)
    }

    /// The first occurrence after a moment, that moment itself left out; nil when the rule has ended.
    ///
    /// - Throws: where the rule goes on but has nothing more before the year 10000.
    public func next(after instant: Instant) throws(RuleError) -> Occurrence? {
        guard let found = search(after: instant.seconds, before: RuleEngine.horizon) else {
            guard hasEnd else {
                throw RuleError(
                    "nothing is due before the year 10000", hint: "rules are followed to 9999-12-31T23:59:59")
            }
            return nil
        }
        return Occurrence(at: Instant(seconds: found.time), local: LocalTime(seconds: found.local), zone: zone)
    }

    /// The first occurrence of all: for a recurrence rule that from its start on, the start itself included.
    public func first() throws(RuleError) -> Occurrence? { try next(after: .distantPast) }

    /// The occurrences after a moment, one after the other, as they are asked for.
    public func occurrences(after instant: Instant) -> Occurrences { Occurrences(schedule: self, last: instant) }

    /// An occurrence as seconds, before the local time `limit`.
    func search(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        let time = max(time, LocalTime.firstSecond - 1)
        return switch kind {
        case .cron(let schedule): schedule.next(after: time, before: limit)
        case .rule(let schedule): schedule.next(after: time, before: limit)
        case .every(let schedule): schedule.next(after: time, before: limit)
        case .excepted(let schedule): schedule.next(after: time, before: limit)
        }
    }

    /// Whether the rule says itself that it ends.
    var hasEnd: Bool {
        switch kind {
        case .rule(let schedule): schedule.rule.count != nil || schedule.rule.until != nil
        case .excepted(let schedule): schedule.base.hasEnd
        case .cron, .every: false
        }
    }
}

/// The occurrences of a schedule after a moment, in order. It ends where the schedule does, at the year 10000 at last.
public struct Occurrences: Sequence, IteratorProtocol, Sendable {
    let schedule: Schedule
    var last: Instant

    public mutating func next() -> Occurrence? {
        guard let found = schedule.search(after: last.seconds, before: RuleEngine.horizon) else { return nil }
        last = Instant(seconds: found.time)
        return Occurrence(at: last, local: LocalTime(seconds: found.local), zone: schedule.zone)
    }
}
