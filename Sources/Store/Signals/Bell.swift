import Synchronization

/// Rung by whoever has something to look at; waited for by one loop. Rings before the wait are not lost, and
/// several count as one.
public final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    /// Wakes who waits, or the next to wait.
    public func ring() {
        let waiter = state.withLock { state in
            state.isRung = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Waits until it is rung, the time is up, or the task is cancelled.
    public func wait(upTo time: Duration, clock: any Clock<Duration>) async {
        await withTaskGroup { group in
            group.addTask {
                do {
                    try await clock.sleep(for: time)
                    self.ring()
                } catch {
                    // Cancelled: by the ring, which needs no other, or with the whole task, which the waiter is told itself.
                }
            }
            await wait()
            group.cancelAll()
        }
    }

    /// Waits until it is rung, or the task is cancelled.
    public func wait() async {
        await withTaskCancellationHandler {
            await waitForRing()
        } onCancel: {
            ring()
        }
        state.withLock { $0.isRung = false }
    }

    private func waitForRing() async {
        await withCheckedContinuation { continuation in
            let isRung = state.withLock { state in
                if state.isRung || Task.isCancelled { return true }
                state.waiter = continuation
                return false
            }
            if isRung { continuation.resume() }
        }
    }
}
