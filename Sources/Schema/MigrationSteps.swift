import Postgres

/// What a migrator does on one connection.
struct MigrationSteps: Sendable {
    let known: [Migration]
    let patience: Duration

    func applyAll(on connection: isolated Connection) async throws -> MigrationReport {
        var report = MigrationReport()
        while let name = try await applyNext(on: connection) { report.applied.append(name) }
        report.unsettled = try await settleRoles(on: connection)
        return report
    }

    func check(on connection: isolated Connection) async throws -> SchemaStatus {
        let facts = try ServerFacts(try await connection.query(ServerFacts.select).only())
        try facts.refuseUnfit()
        guard facts.isMigrated else { return .notMigrated }
        do {
            let pending = try await connection.landed(of: known).pending(of: known)
            return pending.isEmpty ? .upToDate : .behind(pending.map(\.name))
        } catch SchemaError.newer(let database, let program) {
            return .newer(database: database, program: program)
        }
    }

    /// - Returns: the name of the migration that was applied; nil where there was none left.
    private func applyNext(on connection: isolated Connection) async throws -> String? {
        let facts = try ServerFacts(try await connection.query(ServerFacts.select).only())
        try facts.refuseUnfit()
        try facts.refuseReadOnly()
        return try await connection.transaction { connection in
            try await connection.lockSchema(patience: patience)
            guard let next = try await connection.landed(of: known).pending(of: known).first else { return nil }
            try await connection.apply(next, patience: patience)
            return next.name
        }
    }

    /// - Returns: what could not be done; nothing where the schema knows no roles yet.
    private func settleRoles(on connection: isolated Connection) async throws -> [UnsettledRole] {
        try await connection.transaction { connection in
            try await connection.lockSchema(patience: patience)
            guard try await connection.query(UnsettledRole.isKnown).only().get(0) else { return [] }
            return try await connection.query(UnsettledRole.settle).map { try UnsettledRole($0) }
        }
    }
}
