import Recurrence

extension Instant {
    /// As people read it: whole seconds.
    public var toSecond: String { Instant(seconds: seconds).description }
}
