/// When runs may start, for one client: a schedule of openings, or whatever is outside of its business hours,
/// without the days and freezes of some calendars.
public struct Window: Sendable {
    let base: WindowBase
    let cutoff: Int64
    let closed: ClosedDays
    /// The zone of its wall clock, in which the excepted days begin and end.
    public let zone: Zone

    /// A window that opens when a schedule is due.
    ///
    /// - Parameters:
    ///   - duration: elapsed time that it stays open, at least a second.
    ///   - cutoff: no run starts in the last part of an opening, of that length.
    ///   - except: closed on the days and in the freezes of these, as the schedule's zone counts days.
    public static func opening(
        _ schedule: Schedule, duration: Span, cutoff: Span = .zero, except: [ClosedDays] = []
    ) throws(RuleError) -> Window {
        let (length, cutoff) = (duration.elapsed.components.seconds, cutoff.elapsed.components.seconds)
        guard length > 0 else {
            throw RuleError("a window's duration is at least 1s", hint: "write '3h', for instance")
        }
        guard cutoff < length else {
            throw RuleError(
                "the cutoff leaves no time in which a run may start", hint: "make it shorter than the duration")
        }
        return Window(
            base: .opening(schedule, length: length), cutoff: cutoff, closed: Self.joined(except), zone: schedule.zone)
    }

    /// A window that is open whenever business hours are not.
    ///
    /// - Parameter holidays: on the days of these there are no business hours. In their freezes there are.
    public static func outside(
        businessHours: BusinessHours, holidays: [ClosedDays] = [], zone: Zone, cutoff: Span = .zero,
        except: [ClosedDays] = []
    ) -> Window {
        let business = BusinessTime(hours: businessHours, holidays: Self.joined(holidays).withoutFreezes, zone: zone)
        return Window(
            base: .outside(business), cutoff: cutoff.elapsed.components.seconds, closed: Self.joined(except), zone: zone
        )
    }

    private static func joined(_ calendars: [ClosedDays]) -> ClosedDays {
        calendars.reduce(into: ClosedDays()) { $0.add($1) }
    }

    /// The same window without its excepted days and freezes; nil where it has none.
    public var withoutExceptions: Window? {
        closed.isEmpty ? nil : Window(base: base, cutoff: cutoff, closed: ClosedDays(), zone: zone)
    }

    /// The openings that close after a moment: the one in progress with its true beginning, then those that follow.
    ///
    /// It ends where no more comes within ten years.
    public func openings(after instant: Instant) -> Openings { Openings(window: self, last: instant.seconds) }

    /// When a run of a certain length can next start, at that moment or after it; nil where the window opens no more.
    ///
    /// - Throws: where it opens, but never for long enough within ten years.
    public func nextStart(after instant: Instant, lasting: Duration) throws(RuleError) -> Chance? {
        var longest = Duration.zero
        for opening in openings(after: instant) {
            guard opening.opens < instant + .seconds(WindowBase.farthest) else { break }
            let start = max(opening.opens, instant)
            let startBy = min(opening.lastStart, opening.closes - lasting)
            if start < startBy { return Chance(start: start, startBy: startBy, opening: opening) }
            // The rest of one that is in progress says nothing of the others.
            if opening.opens >= instant { longest = max(longest, opening.closes - opening.opens) }
        }
        guard longest > .zero else { return nil }
        throw RuleError(
            "no opening within ten years is long enough for a run of \(Span(seconds: lasting.components.seconds))",
            hint: "a run has to end before the window closes, and the longest opening seen lasts "
                + "\(Span(seconds: longest.components.seconds)): lengthen the window, or make the run's timeout shorter"
        )
    }
}

/// The openings of a window, in order. One that never closes is the last.
public struct Openings: Sequence, IteratorProtocol, Sendable {
    let window: Window
    var last: Int64

    public mutating func next() -> Opening? {
        guard let found = window.opening(endingAfter: last) else { return nil }
        last = found.closes.seconds
        return found
    }
}
