import CGuard
import Glibc
import Synchronization

/// Until when an attempt's command may go on without hearing from its worker.
///
/// The worker prolongs it after each renewal of the lease that succeeded. When it is not prolonged in time, because the
/// worker is stopped, cut off or gone, the command's guard ends the command by itself: so a command is over before its
/// run can be given to another. One for each attempt.
public final class Permit: Sendable {
    struct State: Sendable {
        var until: BootTime
        var isEnded = false
        /// The worker's end of the channel to the guard, while there is one.
        var channel: CInt?
    }

    private let state: Mutex<State>

    /// `until` is best taken from before the lease was asked for: its length less the safety.
    public init(until: BootTime) { state = Mutex(State(until: until)) }

    /// Moves the end; an earlier one than before changes nothing. Does not wait.
    public func extend(until: BootTime) {
        state.withLock { state in
            guard until > state.until else { return }
            state.until = until
            state.send(GUARD_EXTEND)
        }
    }

    /// The moment at which the command is ended.
    public var until: BootTime { state.withLock(\.until) }

    /// Has the command ended, now or as soon as it is started.
    func end() {
        state.withLock { state in
            state.isEnded = true
            state.send(GUARD_END)
        }
    }

    var isEnded: Bool { state.withLock(\.isEnded) }

    /// From now on the guard hears of every change, and of those that it missed.
    func attach(_ channel: CInt) {
        state.withLock { state in
            state.channel = channel
            state.send(state.isEnded ? GUARD_END : GUARD_EXTEND)
        }
    }

    /// The channel may be closed after this.
    func detach() { state.withLock { $0.channel = nil } }
}

extension Permit.State {
    func send(_ kind: guard_order_kind) {
        guard let channel else { return }
        var order = guard_order(kind: kind.rawValue, unused: 0, until: until.nanoseconds)
        // A guard that is gone has ended its command; one whose queue is full has the orders that count in it.
        _ = Glibc.send(channel, &order, MemoryLayout<guard_order>.size, CInt(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
}
