import Model
import Recurrence
import Store

extension Reality {
    mutating func enact(_ deed: Deed) async throws {
        switch deed {
        case .killSchedulers: isPlanning = false
        case .reviveSchedulers: isPlanning = true
        case .stopWorkers: isWorking = false
        case .startWorkers: isWorking = true
        case .endWorkers(let queue):
            ended.insert(queue)
            if let desk = desks[queue] { try await store.endWorker(desk.worker) }
        case .returnWorkers(let queue):
            ended.remove(queue)
            _ = try await register(queue)
        case .slots(let slots):
            for (queue, count) in slots { self.slots[queue] = count }
        case .pause(let subject, let until):
            _ = try await store.pause(subject, reason: Drill.reason, until: until, actor: Drill.actor)
        case .resume(let subject): _ = try await store.resume(subject, actor: Drill.actor)
        case .cancel(let key): try await cancel(key)
        case .apply(let catalogue): try await apply(catalogue)
        case .resumeRollouts(let job, let client):
            _ = try await store.resumeRollouts(
                job: job, client: client, reason: Drill.reason, actor: Drill.actor)
        case .abortRollouts(let job, let client):
            _ = try await store.abortRollouts(
                job: job, client: client, reason: Drill.reason, actor: Drill.actor)
        case .labour(let labour): self.labour = labour
        case .look: try await look()
        }
    }

    private func cancel(_ key: RunKey) async throws {
        let row = try await database.pool.query(
            RunLines.number, [key.job, key.client, key.asset, key.due]
        ).first
        guard let row else { return }
        _ = try await store.cancel(run: try row.get(0), reason: Drill.reason, actor: Drill.actor)
    }

    /// New assets come one after the other: those that come together get their numbers, and so their place among the
    /// targets of a job, in whatever order.
    mutating func apply(_ catalogue: Catalogue) async throws {
        let (old, new) = (
            catalogue.assets.values.filter { known.contains($0.name) },
            catalogue.assets.values.filter { !known.contains($0.name) }
        )
        let documents =
            catalogue.clients.values.map(Definition.client) + catalogue.calendars.values.map(Definition.calendar)
            + catalogue.windows.values.map(Definition.window) + catalogue.jobs.values.map(Definition.job)
            + old.map(Definition.asset)
        _ = try await store.apply(documents: documents, prune: true, actor: Drill.actor)
        for asset in new.sorted(by: { Self.number(of: $0.name) < Self.number(of: $1.name) }) {
            _ = try await store.apply(documents: [.asset(asset)], actor: Drill.actor)
            known.insert(asset.name)
        }
        try await checkOrder()
    }

    /// Assets are called by their numbers in memory.
    static func number(of asset: String) -> Int64 { Int64(asset.dropFirst()) ?? 0 }

    /// What is planned at one moment is planned in the order of the assignments' numbers.
    private func checkOrder() async throws {
        let order = try await database.pool.query(RunLines.assignments, []).map { row in
            places[RunKey.Assignment(job: try row.get(0), client: try row.get(1))] ?? -1
        }
        if order != order.sorted() { throw RealityError(text: "assignments have their numbers in the order \(order)") }
    }
}
