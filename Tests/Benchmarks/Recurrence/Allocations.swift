import CountedMalloc
import Recurrence

/// How often memory is asked for.
enum Allocations {
    /// Throws where the count does not see what an array asks for: then it would say 0 of everything.
    static func check() throws {
        let before = counted_allocations()
        let array = [Int](repeating: Int(before), count: 100_000)
        guard counted_allocations() > before, array.count == 100_000 else {
            throw BenchFailure("allocations cannot be counted on this machine")
        }
    }

    /// For each occurrence of the inner loop, what comes before it and after it left out: what twice as many ask for more.
    static func perOccurrence(_ schedule: Schedule, after instant: Instant, _ count: Int) -> Double {
        let once = allocations { _ = Subject.sum(schedule, after: instant, count) }
        let twice = allocations { _ = Subject.sum(schedule, after: instant, 2 * count) }
        return Double(twice - once) / Double(count)
    }

    private static func allocations(_ body: () -> Void) -> Int {
        let before = counted_allocations()
        body()
        return Int(counted_allocations() - before)
    }
}
