import Model
import Postgres
import Recurrence

extension Store {
    static let lockDefinitions: Statement = "select pg_advisory_xact_lock(hashtextextended('rota.apply', 0))"

    /// Makes the database's definitions as the manifests say, in one transaction.
    ///
    /// What is given is created or changed; what is not given stays, unless `prune` removes it. Two that apply at once
    /// do so one after the other.
    ///
    /// - Parameters:
    ///   - prune: removes every definition that is not given, but no assets that were imported.
    ///   - dryRun: does all of it and undoes it again, so that the answer is what applying would do.
    ///   - actor: who is responsible, for the log of acts.
    /// - Throws: `ApplyRefused` with every reason for which nothing was applied.
    public func apply(
        documents: [Definition], prune: Bool = false, dryRun: Bool = false, actor: String
    ) async throws -> ApplyResult {
        do {
            return try await repeatingConflicts {
                try await pool.transaction { connection in
                    let result = try await Apply(documents: documents, prune: prune, actor: actor).run(on: connection)
                    if dryRun { throw DryRun(result: result) }
                    return result
                }
            }
        } catch let rehearsal as DryRun {
            return rehearsal.result
        }
    }

    /// Runs a transaction again that failed only because of others beside it: a worker that ends several attempts
    /// may lock assignments in another order.
    func repeatingConflicts<T>(_ body: () async throws -> T) async throws -> T {
        for _ in 0..<3 {
            do {
                return try await body()
            } catch let error as PostgresError where error.isConflict {
                continue
            }
        }
        return try await body()
    }
}

/// Ends a rehearsal: what was done is undone, and what it would have been is told.
private struct DryRun: Error {
    var result: ApplyResult
}

/// One application of manifests, in a transaction that is open.
struct Apply: Sendable {
    var documents: [Definition]
    var prune: Bool
    var actor: String

    func run(on connection: isolated Connection) async throws -> ApplyResult {
        _ = try await connection.query(Store.lockDefinitions)
        let assets = documents.filter { $0.kind == .asset }.map(\.name)
        let stored = try await StoredDefinitions.load(assets: assets, on: connection)
        let changes = DefinitionChanges(stored: stored, given: documents, prune: prune)
        let assignments = AssignmentChanges(stored: stored, changes: changes)
        try await refuse(stored, changes, assignments, on: connection)

        var result = ApplyResult(objects: changes.objects, assignments: assignments.told)
        guard !result.isUnchanged || !assignments.isEmpty else { return result }
        try await write(changes, on: connection)
        try await AssignmentWriter.write(assignments, on: connection)
        let cancelled = UnwantedRuns(actor: actor)
        result.cancelledRuns = try await cancelled.cancel(
            assignments: assignments.removed, jobs: changes.names(of: .job, .removed),
            assets: changes.names(of: .asset, .removed), on: connection)
        try await record(result, on: connection)
        _ = try await connection.query(WakePlanning.notify)
        return result
    }

    private func refuse(
        _ stored: StoredDefinitions, _ changes: DefinitionChanges, _ assignments: AssignmentChanges,
        on connection: isolated Connection
    ) async throws {
        var reasons = References(stored: stored, changes: changes).refusals
        if reasons.isEmpty {
            let now: Instant = try await connection.query(Store.nowStatement).only().get(0)
            reasons = FitChecks(catalogue: changes.after, now: now)
                .refusals(assignments.made + assignments.rescheduled + assignments.woken)
        }
        if !reasons.isEmpty { throw ApplyRefused(reasons: reasons) }
    }

    private func write(_ changes: DefinitionChanges, on connection: isolated Connection) async throws {
        for writer in DefinitionWriter.all {
            try await writer.save(changes.definitions(of: writer.kind, .created, .changed), on: connection)
            try await writer.remove(changes.names(of: writer.kind, .removed), on: connection)
        }
        let assets = changes.definitions(of: .asset, .created, .changed).compactMap { definition -> Asset? in
            if case .asset(let asset) = definition { asset } else { nil }
        }
        _ = try await AssetWriter.save(assets, source: .manifest, on: connection)
        try await AssetWriter.remove(changes.names(of: .asset, .removed), on: connection)
        let jobs = changes.definitions(of: .job, .created, .changed).compactMap { definition -> Job? in
            if case .job(let job) = definition { job } else { nil }
        }
        try await JobWriter.save(jobs, actor: actor, on: connection)
        try await WatchWriter.save(jobs, on: connection)
        try await JobWriter.remove(changes.names(of: .job, .removed), on: connection)
        let clients = changes.definitions(of: .client, .changed).compactMap { definition -> RunLimit? in
            if case .client(let client) = definition { .client(client.name, most: client.atOnce) } else { nil }
        }
        try await LimitGroups.set(jobs.map { .job($0.name, most: $0.atOnce) } + clients, on: connection)
    }

    private func record(_ result: ApplyResult, on connection: isolated Connection) async throws {
        let changed = result.objects.filter { $0.change != .unchanged }
        try await Act.record(
            changed.map { object in
                Act(
                    actor: actor, verb: object.change == .removed ? "remove" : "apply",
                    subject: "\(object.kind.rawValue.lowercased())/\(object.name)",
                    detail: try JSON(encoding: AppliedDetail(change: object.change, revision: object.revision)))
            }, on: connection)
    }
}

/// What the log of acts keeps of an applied definition besides its name.
private struct AppliedDetail: Encodable {
    var change: ApplyResult.Change
    var revision: Int?
}
