/// A moment, the same everywhere: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (as POSIX does).
public struct Instant: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z, negative before it.
    public var microseconds: Int64

    /// 0001-01-01T00:00:00Z: stands for "since ever" where a beginning is asked for.
    public static let distantPast = Instant(seconds: LocalTime.firstSecond)
    /// 9999-12-31T23:59:59Z: stands for "for ever" where an end is asked for, and is where searches stop.
    public static let distantFuture = Instant(seconds: LocalTime.lastSecond)

    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Seconds too far away for an `Int64` of microseconds are moved to the farthest that there is.
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var seconds: Int64 { CivilMath.floorDivide(microseconds, 1_000_000) }

    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
}

extension Instant {
    /// Later by a duration, cut to microseconds; held at the farthest moment that can be told.
    public static func + (left: Instant, right: Duration) -> Instant {
        let (sum, overflow) = left.microseconds.addingReportingOverflow(right.wholeMicroseconds)
        guard !overflow else { return Instant(microseconds: right.wholeMicroseconds < 0 ? .min : .max) }
        return Instant(microseconds: sum)
    }

    public static func - (left: Instant, right: Duration) -> Instant { left + (Duration.zero - right) }

    /// The time from one to the other, negative where the right one is later.
    public static func - (left: Instant, right: Instant) -> Duration {
        let (difference, overflow) = left.microseconds.subtractingReportingOverflow(right.microseconds)
        return .microseconds(overflow ? (left < right ? .min : .max) : difference)
    }

    public static func += (left: inout Instant, right: Duration) { left = left + right }
    public static func -= (left: inout Instant, right: Duration) { left = left - right }
}

extension Duration {
    /// Cut towards zero, and held within an `Int64`.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, tooFar) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return tooFar ? (seconds < 0 ? .min : .max) : sum
    }
}
