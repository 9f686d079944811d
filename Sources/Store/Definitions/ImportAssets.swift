import Model
import Postgres

/// What importing assets did.
public struct ImportResult: Sendable, Hashable, Codable {
    public var created: Int
    public var changed: Int
    public var unchanged: Int
}

/// Why nothing was imported.
public struct ImportRefused: Error, Sendable, Hashable {
    /// What is wrong with one of the assets.
    public struct Reason: Sendable, Hashable {
        /// Which of the given assets it is, counted from 0.
        public var index: Int
        public var message: String
        public var hint: String?
    }

    /// By index.
    public var reasons: [Reason]
}

extension Store {
    static let selectClientNames: Statement = "select name from rota.client where removed_at is null"

    static let selectWrittenAssets: Statement = """
        select name from rota.asset where source = 'manifest' and removed_at is null and name = any ($1)
        """

    static let wakeAssignmentsOfClients: Statement =
        "update rota.assignment set wake_at = rota.now() where client_id = any ($1) and removed_at is null"

    /// Takes assets over from another inventory: all of them, or none. What is not given stays as it is.
    ///
    /// - Throws: `ImportRefused` with every asset that cannot be imported: one of a client that is not there, one
    ///   that a manifest defines, or one that is given twice.
    public func importAssets(_ assets: [Asset], actor: String) async throws -> ImportResult {
        try await repeatingConflicts {
            try await pool.transaction { connection in
                _ = try await connection.query(Self.lockDefinitions)
                try await Self.refuse(assets, on: connection)
                let written = try await AssetWriter.save(assets, source: .imported, on: connection)
                let (created, changed) = written.reduce(into: (0, 0)) { sum, one in
                    sum.0 += Int(one.created)
                    sum.1 += Int(one.changed)
                }
                let result = ImportResult(
                    created: created, changed: changed, unchanged: assets.count - created - changed)
                guard created + changed > 0 else { return result }
                _ = try await connection.query(Self.wakeAssignmentsOfClients, [written.map(\.client)])
                try await Act(actor: actor, verb: "import", subject: "assets", detail: try JSON(encoding: result))
                    .record(on: connection)
                _ = try await connection.query(WakePlanning.notify)
                return result
            }
        }
    }

    private static func refuse(_ assets: [Asset], on connection: isolated Connection) async throws {
        let clients = try await connection.query(selectClientNames).map { try $0.get(0, as: String.self) }
        let known = Set(clients)
        let written = try await connection.query(selectWrittenAssets, [assets.map(\.name)])
        let inManifests = Set(try written.map { try $0.get(0, as: String.self) })
        var seen: Set<String> = []
        var reasons: [ImportRefused.Reason] = []
        for (index, asset) in assets.enumerated() {
            if !known.contains(asset.client) {
                let hint = nearestHint(asset.client, among: clients)
                reasons.append(.init(index: index, message: "there is no client '\(asset.client)'", hint: hint))
            }
            if inManifests.contains(asset.name) {
                reasons.append(
                    .init(
                        index: index, message: "asset '\(asset.name)' is defined by a manifest",
                        hint: "take it out of the manifest and apply with --prune, or out of this file"))
            }
            if !seen.insert(asset.name).inserted {
                reasons.append(
                    .init(index: index, message: "asset '\(asset.name)' is given twice", hint: "keep one of the two"))
            }
        }
        if !reasons.isEmpty { throw ImportRefused(reasons: reasons) }
    }
}
