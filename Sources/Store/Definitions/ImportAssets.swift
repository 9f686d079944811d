import Model
import Postgres

/// What importing assets did.
public struct ImportResult: Sendable, Hashable {
    /// By name, in order.
    public var created: [String] = []
    public var changed: [String] = []
    /// What was not in the file, where that was asked for.
    public var removed: [String] = []
    /// How many say already what they are to say.
    public var unchanged = 0
    /// How many runs of what was removed were cancelled, as nobody had started them.
    public var cancelledRuns = 0

    public var isUnchanged: Bool { created.isEmpty && changed.isEmpty && removed.isEmpty }
}

extension Store {
    static let wakeAssignmentsOfClients: Statement =
        "update rota.assignment set wake_at = least(wake_at, rota.now()) where client_id = any ($1) and removed_at is null"

    /// Takes assets over from another inventory: all of them, or none.
    ///
    /// - Parameters:
    ///   - pruned: the client whose imported assets are removed where they are not given; nil removes nothing. What a
    ///     manifest defines stays, and runs of the removed that nobody has started are cancelled.
    ///   - dryRun: does all of it and undoes it again, so that the answer is what importing would do.
    /// - Throws: `ImportRefused` with every asset that cannot be imported: one of a client that is not there, one
    ///   that a manifest defines, or one that is given twice.
    public func importAssets(
        _ assets: [Asset], pruning pruned: String? = nil, dryRun: Bool = false, actor: String
    ) async throws -> ImportResult {
        do {
            return try await repeatingConflicts {
                try await pool.transaction { connection in
                    let result = try await AssetImport(assets: assets, pruned: pruned, actor: actor).run(on: connection)
                    if dryRun { throw ImportRehearsal(result: result) }
                    return result
                }
            }
        } catch let rehearsal as ImportRehearsal {
            return rehearsal.result
        }
    }

    /// What the database has against importing the assets, one by one: nothing where they can be imported.
    public func importRefusals(of assets: [Asset]) async throws -> [ImportRefused.Reason] {
        try await pool.withConnection { try await ImportRefused.reasons(of: assets, on: $0) }
    }
}

/// Ends a rehearsal: what was done is undone, and what it would have been is told.
private struct ImportRehearsal: Error {
    var result: ImportResult
}

/// One import, in a transaction that is open.
private struct AssetImport: Sendable {
    var assets: [Asset]
    var pruned: String?
    var actor: String

    func run(on connection: isolated Connection) async throws -> ImportResult {
        _ = try await connection.query(Store.lockDefinitions)
        let reasons = try await ImportRefused.reasons(of: assets, on: connection) + ImportRefused.givenTwice(assets)
        if !reasons.isEmpty { throw ImportRefused(reasons: reasons.sorted { $0.index < $1.index }) }
        let written = try await AssetWriter.save(assets, source: .imported, on: connection)
        var result = ImportResult()
        for one in written { one.isNew ? result.created.append(one.name) : result.changed.append(one.name) }
        result.unchanged = assets.count - written.count
        var clients = Set(written.map(\.client))
        if let pruned { try await prune(pruned, &result, &clients, on: connection) }
        guard !result.isUnchanged else { return result }
        _ = try await connection.query(Store.wakeAssignmentsOfClients, [Array(clients)])
        try await record(result, on: connection)
        _ = try await connection.query(WakePlanning.notify)
        return result
    }

    private func record(_ result: ImportResult, on connection: isolated Connection) async throws {
        let whole = Act(
            actor: actor, verb: "import", subject: "assets", detail: try JSON(encoding: ImportDetail(result)))
        // What is there no more is told one by one, as applying does; what came is in the inventory for all to see.
        try await Act.record(
            [whole] + result.removed.map { Act(actor: actor, verb: "remove", subject: "asset/\($0)") }, on: connection)
    }

    private func prune(
        _ client: String, _ result: inout ImportResult, _ clients: inout Set<Int64>,
        on connection: isolated Connection
    ) async throws {
        let given = Set(assets.map(\.name))
        for row in try await connection.query(AssetWriter.selectImported, [client]) {
            let name: String = try row.get(0)
            guard !given.contains(name) else { continue }
            result.removed.append(name)
            clients.insert(try row.get(1))
        }
        try await AssetWriter.remove(result.removed, on: connection)
        result.cancelledRuns = try await UnwantedRuns(actor: actor)
            .cancel(assignments: [], jobs: [], assets: result.removed, on: connection)
    }
}

/// What the log of acts keeps of an import.
private struct ImportDetail: Encodable {
    var created: Int
    var changed: Int
    var unchanged: Int
    var removed: Int
    var cancelledRuns: Int

    init(_ result: ImportResult) {
        created = result.created.count
        changed = result.changed.count
        unchanged = result.unchanged
        removed = result.removed.count
        cancelledRuns = result.cancelledRuns
    }
}
