/// Why a window is closed at a moment.
public enum ClosedReason: Hashable, Sendable {
    /// It lies between two openings; nil where none follows within ten years.
    case betweenOpenings(next: Instant?)
    /// It is within an opening, but so near to its end that nothing may start any more.
    case cutoff(closes: Instant)
    /// A freeze, with both of its days included.
    case freeze(reason: String, from: CivilDate, through: CivilDate)
    /// A day of one of the calendars.
    case day(name: String, date: CivilDate)

    /// As a line says it: `Year-end freeze, until 2027-01-03`.
    public var text: String {
        switch self {
        case .betweenOpenings(nil): "it opens no more within ten years"
        case .betweenOpenings(let next?): "it opens at \(next)"
        case .cutoff(let closes): "it closes at \(closes), and nothing starts so shortly before"
        case .freeze(let reason, _, let through): "\(reason), until \(through)"
        case .day(let name, let date): "\(name), \(date)"
        }
    }
}

extension Window {
    /// Why nothing may start at a moment; nil where a run may.
    ///
    /// A freeze or a day is told only where it is what closes the window: where it would be open but for that.
    public func closedReason(at instant: Instant) -> ClosedReason? {
        let time = instant.seconds
        let next = opening(endingAfter: time)
        if let next, next.opens <= instant {
            return instant < next.lastStart ? nil : .cutoff(closes: next.closes)
        }
        let stretch = base.first(endingAfter: time, before: time + 1)
        guard let stretch, stretch.start <= time else { return .betweenOpenings(next: next?.opens) }
        let today = zone.local(instant).date
        switch closed.reason(on: today) {
        case .freeze(let reason, let from, let through): return .freeze(reason: reason, from: from, through: through)
        case .day(let name): return .day(name: name, date: today)
        case nil: return .betweenOpenings(next: next?.opens)
        }
    }
}
