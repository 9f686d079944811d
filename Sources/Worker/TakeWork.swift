import Actions
import Logging
import Store

extension WorkerService {
    /// Takes runs while there are free slots, until the worker is to stop; then waits for what is going.
    func work(worker: Int64) async {
        await withDiscardingTaskGroup { runs in
            while !hands.isStopping && !Task.isCancelled {
                let taken = await take(worker: worker)
                for hand in taken {
                    runs.addTask { await perform(hand, worker: worker) }
                }
                // With all that was asked for there may be more, but no slot for it until one is free.
                await bell.wait(upTo: settings.poll * Double.random(in: 0.8...1), clock: clock)
            }
            await drain()
        }
    }

    private func take(worker: Int64) async -> [Hand] {
        let profile = settings.profile
        let free = profile.slots - hands.count
        guard free > 0 else { return [] }
        // From before it is asked for, so that the worker's own time is never later than the database's.
        let asked = BootTime.reading()
        do {
            let leases = try await store.lease(
                worker: worker, queues: profile.queues, clients: profile.clients, most: free,
                mostReactive: max(0, profile.slots - profile.reserve - hands.reactive), length: settings.leaseLength)
            return leases.map { lease in
                let hand = Hand(
                    lease: lease, permit: Permit(until: asked + settings.permitLength),
                    startBy: lease.startWithin.map { asked + $0 } ?? .distantFuture)
                hands.add(hand)
                return hand
            }
        } catch {
            if !Task.isCancelled {
                logger.warning("no work could be asked for", metadata: ["error": "\(error)"])
                await rest()
                bell.ring()
            }
            return []
        }
    }

    /// Waits until nothing is in hand, and ends what takes too long.
    private func drain() async {
        let deadline = BootTime.reading() + settings.drain
        while hands.count > 0 && !hands.isHurried && !Task.isCancelled {
            let left = deadline - BootTime.reading()
            if left <= .zero {
                logger.warning("what is going takes too long, and is handed back", metadata: ["runs": "\(hands.count)"])
                hands.hurry()
                return
            }
            await bell.wait(upTo: left, clock: clock)
        }
    }
}
