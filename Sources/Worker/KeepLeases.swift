import Actions
import Logging
import Store

extension WorkerService {
    /// Keeps the leases of what is in hand alive until the task is cancelled.
    func renewForEver(worker: Int64) async {
        while !Task.isCancelled {
            let wait = await renew(worker: worker)
            await renewal.wait(upTo: wait, clock: clock)
        }
    }

    /// - Returns: after how long to renew again.
    private func renew(worker: Int64) async -> Duration {
        let hands = hands.all
        // From before it is sent: the lease was prolonged at this moment or later.
        let sent = BootTime.reading()
        do {
            let renewal = try await store.renew(
                worker: worker, attempts: hands.map(\.lease.attempt), length: settings.leaseLength)
            for hand in hands {
                apply(renewal, to: hand, sent: sent)
            }
            if let order = renewal.drain { drain(order) }
            return hearing.isDeaf ? min(settings.renewEvery, settings.poll) : settings.renewEvery
        } catch {
            if !Task.isCancelled {
                logger.warning("the leases could not be renewed", metadata: ["error": "\(error)"])
            }
            return settings.retryWait
        }
    }

    /// As when the process is asked to stop, but by somebody elsewhere.
    private func drain(_ order: DrainOrder) {
        guard !hands.isStopping else { return }
        logger.info(
            "draining: no new work is taken, and what is going ends",
            metadata: ["by": "\(order.actor)", "reason": "\(order.reason ?? "")"])
        stop()
    }

    private func apply(_ renewal: Renewal, to hand: Hand, sent: BootTime) {
        let attempt = hand.lease.attempt
        guard renewal.held.contains(attempt) else {
            // One that was finished meanwhile is gone too, and no longer in hand.
            if hands.contains(attempt: attempt) { hand.end(.superseded) }
            return
        }
        hand.permit.extend(until: sent + settings.permitLength)
        if renewal.cancelled.contains(attempt) { hand.end(.cancelled) }
    }
}
