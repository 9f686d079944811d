/// A stretch of time in which runs may start: in `[opens, lastStart)`, and what runs should end before `closes`.
public struct Opening: Hashable, Sendable {
    /// ``Instant/distantPast`` where it has been open as far back as was looked (ten years).
    public var opens: Instant
    /// The end of the time in which a run may start: `closes` less the cut-off.
    public var lastStart: Instant
    /// ``Instant/distantFuture`` where it stays open as far as was looked (ten years).
    public var closes: Instant

    public init(opens: Instant, lastStart: Instant, closes: Instant) {
        self.opens = opens
        self.lastStart = lastStart
        self.closes = closes
    }
}

/// When a run of a certain length can next start in a window.
public struct Chance: Hashable, Sendable {
    /// The earliest moment.
    public var start: Instant
    /// From this moment on it is too late: for the window's cut-off, or for the run to end before it closes.
    public var startBy: Instant
    public var opening: Opening

    public init(start: Instant, startBy: Instant, opening: Opening) {
        self.start = start
        self.startBy = startBy
        self.opening = opening
    }
}
