import Glibc
import Recurrence

/// The machine's own clock, which the throwaway servers on it have as well.
public enum WallClock {
    public static func read() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
