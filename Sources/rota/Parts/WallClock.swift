import Glibc
import Recurrence

/// This machine's own clock: for log lines, and for what is asked without a database. What is due or has expired is
/// judged by the database's.
enum WallClock {
    @Sendable static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
