import Actions
import Synchronization

/// How often a worker looks at all that is ready, instead of only at what has come in after the place where it is.
///
/// To look at all is to walk over what was taken before, which the server cannot clear away while anybody holds an old
/// snapshot: with hours of it each look takes a good part of a second, and every new run would have each worker look. So
/// looks that take long are a small part of a worker's time. What comes in before its place meanwhile, or becomes due
/// after it was put aside, waits for the next; what comes in after it is found at once.
final class Looks: Sendable {
    /// The part of the time that goes into looks at everything, at most.
    private static let share = 0.05
    /// What takes no longer than this, beyond any other look, is not worth saving.
    private static let unnoticed = Duration.milliseconds(5)
    /// So long there is no look at everything, at most.
    private static let longest = Duration.seconds(5)

    private struct State {
        /// How long looks took lately that were not at everything: the way to the database, and all that is done besides.
        var brief = Duration.zero
        var next: BootTime?
    }

    private let state = Mutex(State())

    /// Whether the next look may be at everything.
    func mayBeEverywhere(at now: BootTime) -> Bool {
        state.withLock { state in state.next.map { $0 <= now } ?? true }
    }

    /// A look has ended just now that took so long.
    func note(_ length: Duration, everywhere: Bool, at now: BootTime) {
        state.withLock { state in
            guard everywhere else {
                state.brief = (state.brief + length) / 2
                return
            }
            let cost = length - state.brief
            state.next = cost > Self.unnoticed ? now + min(cost / Self.share, Self.longest) : nil
        }
    }
}
