import Synchronization

/// Something that whoever comes by does now and then: with no loop of its own it also tells that the passer-by is alive.
final class Rhythm: Sendable {
    private let every: Duration
    private let clock: any Clock<Duration>
    private let last = Mutex<(any InstantProtocol)?>(nil)

    init(every: Duration, clock: any Clock<Duration>) {
        self.every = every
        self.clock = clock
    }

    /// Whether it is time, the first time always; then it is not for a while.
    func isDue() -> Bool { isDue(by: clock) }

    private func isDue<C: Clock<Duration>>(by clock: C) -> Bool {
        let moment = clock.now
        return last.withLock { last in
            if let before = last as? C.Instant, before.duration(to: moment) < every { return false }
            last = moment
            return true
        }
    }
}
