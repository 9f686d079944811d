import Glibc

/// Processor time, which other work on the machine does not count into.
enum Measure {
    /// Nanoseconds of processor time that one of `count` things takes which `body` does: the median of several samples,
    /// each of at least 20 ms.
    static func nanoseconds(each count: Int, samples: Int = 9, _ body: () throws -> Void) rethrows -> Double {
        try body()
        var repeats = 1
        while true {
            let time = try time(repeats, body)
            if time >= 20_000_000 { break }
            repeats = max(repeats * 2, Int(Double(repeats) * 22_000_000 / max(time, 1_000)))
        }
        let all = try (0..<samples).map { _ in try time(repeats, body) / Double(repeats * count) }
        return all.sorted()[samples / 2]
    }

    private static func time(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
        let before = processorTime()
        for _ in 0..<repeats { try body() }
        return processorTime() - before
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
