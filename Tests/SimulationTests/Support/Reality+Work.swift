import Model
import Recurrence
import Store

extension Reality {
    /// Takes what may start, one after the other, as far as there are slots.
    ///
    /// - Returns: whether something started.
    mutating func start(_ glance: Glance) async throws -> Bool {
        var started = false
        var startable = glance.queues
        repeat {
            for queue in queues where startable.contains(queue) {
                while hasSlot(queue) {
                    guard let lease = try await lease(of: queue) else {
                        // What was to start may have found a limit reached, with another behind it.
                        guard try await self.glance().queues.contains(queue) else { break }
                        continue
                    }
                    begin(lease, queue)
                    started = true
                }
            }
            // What finds a group full may hand on room to another queue.
            startable = try await self.glance().queues
        } while startable.contains { hasSlot($0) }
        return started
    }

    /// Of a queue's worker, which is the same when it comes back.
    func register(_ queue: String) async throws -> Int64 {
        try await store.registerWorker(
            WorkerProfile(
                name: queue, instance: queue, host: "here", queues: [queue], clients: nil, slots: 999, reserve: 0))
    }

    /// Workers that live say so all the time.
    mutating func beSeen() async throws {
        guard let last = seenAt, now - last > .seconds(30) else { return }
        seenAt = now
        for (queue, desk) in desks where !ended.contains(queue) {
            _ = try await store.renew(worker: desk.worker, attempts: [], length: .seconds(30))
        }
    }

    private func hasSlot(_ queue: String) -> Bool {
        if ended.contains(queue) { return false }
        return slots[queue].map { most in going.values.count { $0.queue == queue && !$0.isLost } < most } ?? true
    }

    private func lease(of queue: String) async throws -> Lease? {
        guard let desk = desks[queue] else { return nil }
        desk.lookFromTheBeginning()
        let turn = try await store.takeTurn(
            desk, ended: [], wanted: Wanted(most: 1, mostReactive: 1, length: .seconds(30)))
        if let trouble = turn.trouble { throw trouble }
        return turn.leases.first
    }

    private mutating func begin(_ lease: Lease, _ queue: String) {
        attempts[lease.run, default: 0] += 1
        let key = RunKey(job: lease.job.name, client: lease.client.name, asset: lease.asset?.name, due: lease.due)
        let work = labour.work(on: chore(lease.run, key))
        let moment = now + work.lasting
        going[lease.attempt] = Chance(
            lease: lease, queue: queue, work: work, deafFrom: work.isTold ? nil : moment)
        if !work.isTold {
            agenda.add(.lastRenewal(lease.attempt), at: moment)
            agenda.add(.lose, at: moment + World.lossTakes)
        }
        switch work.ending {
        case .tells, .says: agenda.add(.end(lease.attempt), at: moment)
        case .vanishes: break
        case .stalls(let late, _): agenda.add(.end(lease.attempt), at: moment + World.lossTakes + late)
        }
    }

    mutating func perform(_ item: RealItem) async throws {
        switch item {
        case .end(let attempt):
            guard let chance = going[attempt] else { return }
            switch chance.work.ending {
            case .tells(let end), .stalls(_, let end): try await finish(chance, Outcome(end))
            case .says(let outcome): try await finish(chance, outcome)
            case .vanishes: break
            }
        case .lastRenewal(let attempt):
            guard let chance = going[attempt], let desk = desks[chance.queue] else { return }
            // What has run out for exactly the time of grace is not lost yet: one that lasts a moment less is.
            _ = try await store.renew(
                worker: desk.worker, attempts: [attempt], length: .seconds(30) - .microseconds(1))
        case .lose: isLossDue = true
        case .cancel(let attempt):
            guard let chance = going[attempt], chance.deafFrom.map({ now < $0 }) ?? true else { return }
            try await finish(chance, Outcome(.cancelled))
        case .complete(let run):
            _ = try await store.complete(run: run, note: "", evidence: [], actor: Drill.actor)
        }
    }

    /// Tells how an attempt ended, and what follows, as a worker does.
    private mutating func finish(_ chance: Chance, _ outcome: Outcome) async throws {
        guard let desk = desks[chance.queue] else { return }
        let lease = chance.lease
        going[lease.attempt] = nil
        let conclusion = lease.job.conclusion(
            of: outcome, failedBefore: lease.attempts, lossesBefore: lease.losses,
            untilLastStart: lease.startWithin.map { lease.leasedAt + $0 - now })
        let recorded = try await store.finish(worker: desk.worker, [EndedAttempt(lease, conclusion)])
        if !recorded.contains(lease.attempt) { history.refused += 1 }
    }
}
