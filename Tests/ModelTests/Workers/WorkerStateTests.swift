import Model
import Recurrence
import Testing

struct WorkerStateTests {
    private static let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    @Test(
        arguments: [
            (0, nil, WorkerState.working), (45, nil, .working), (46, nil, .silent), (0, 0, .ended), (100, 100, .ended),
        ] as [(Int, Int?, WorkerState)])
    func `a worker stands where it was heard of last`(seen: Int, ended: Int?, state: WorkerState) {
        let endedAt = ended.map { Self.now - .seconds($0) }
        #expect(WorkerState(seenAt: Self.now - .seconds(seen), endedAt: endedAt, drainAt: nil, now: Self.now) == state)
    }

    @Test func `a worker that was told to take no more is draining as long as it is there`() {
        let states = [0, 46].map { seen in
            WorkerState(
                seenAt: Self.now - .seconds(seen), endedAt: nil, drainAt: Self.now - .seconds(60), now: Self.now)
        }
        #expect(states == [.draining, .silent])
        #expect(states.map(\.isAlive) == [true, false])
    }
}
