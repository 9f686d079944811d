import Glibc

/// A moment on the monotonic clock after which nothing is waited for any more.
struct Deadline: Sendable {
    private let moment: Int64

    init(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let limit: Int64 = 100 * 365 * 86_400
        let nanoseconds = min(max(seconds, 0), limit) * 1_000_000_000 + (seconds < 0 ? 0 : attoseconds / 1_000_000_000)
        moment = Deadline.clock() + max(nanoseconds, 0)
    }

    var isPast: Bool {
        Deadline.clock() >= moment
    }

    /// What `poll` takes: milliseconds, rounded up so that it does not spin before the deadline.
    var pollTimeout: Int32 {
        let remaining = moment - Deadline.clock()
        guard remaining > 0 else { return 0 }
        return Int32(clamping: (remaining + 999_999) / 1_000_000)
    }

    var remaining: Duration {
        .nanoseconds(max(moment - Deadline.clock(), 0))
    }

    private static func clock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
