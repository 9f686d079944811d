import CGuard

/// A moment on this machine's clock since it was started, which goes on while the machine is suspended and is never set
/// (CLOCK_BOOTTIME). Other machines' moments cannot be compared with it.
public struct BootTime: Hashable, Comparable, Sendable {
    public var nanoseconds: UInt64

    public static let distantFuture = BootTime(nanoseconds: .max)

    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// Reads the clock.
    public static func reading() -> BootTime { BootTime(nanoseconds: guard_now()) }

    public static func < (left: BootTime, right: BootTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Held at the clock's beginning and at ``distantFuture``.
    public static func + (left: BootTime, right: Duration) -> BootTime {
        let distance = right.magnitudeInNanoseconds
        if right < .zero { return BootTime(nanoseconds: left.nanoseconds - min(left.nanoseconds, distance)) }
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(distance)
        return overflow ? .distantFuture : BootTime(nanoseconds: sum)
    }

    public static func - (left: BootTime, right: BootTime) -> Duration {
        left >= right
            ? .nanoseconds(Int64(clamping: left.nanoseconds - right.nanoseconds))
            : .zero - .nanoseconds(Int64(clamping: right.nanoseconds - left.nanoseconds))
    }
}

extension Duration {
    /// Its length whatever its direction, held at the longest that can be told.
    var magnitudeInNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.magnitude.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, tooFar) = product.addingReportingOverflow(attoseconds.magnitude / 1_000_000_000)
        return overflow || tooFar ? .max : sum
    }
}
