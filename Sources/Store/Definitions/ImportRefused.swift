import Model
import Postgres

/// Why nothing was imported.
public struct ImportRefused: Error, Sendable, Hashable {
    /// What is wrong with one of the assets.
    public struct Reason: Sendable, Hashable {
        /// Which of the given assets it is, counted from 0.
        public var index: Int
        public var message: String
        public var hint: String?
    }

    /// Unknown names of which the nearest known one is looked for: each is compared with every client.
    private static let nearestNames = 64

    /// By index.
    public var reasons: [Reason]

    static let selectClientNames: Statement = "select name from rota.client where removed_at is null"

    static let selectWrittenAssets: Statement = """
        select name from rota.asset where source = 'manifest' and removed_at is null and name = any ($1)
        """

    public init(reasons: [Reason]) { self.reasons = reasons }

    /// What the database has against assets.
    static func reasons(of assets: [Asset], on connection: isolated Connection) async throws -> [Reason] {
        let clients = try await connection.query(selectClientNames).map { try $0.get(0, as: String.self) }
        let known = Set(clients)
        let written = try await connection.query(
            selectWrittenAssets, [assets.map(\.name)], deadline: .seconds(300))
        let inManifests = Set(try written.map { try $0.get(0, as: String.self) })
        var hints: [String: String] = [:]
        var reasons: [Reason] = []
        for (index, asset) in assets.enumerated() {
            if !known.contains(asset.client) {
                if hints[asset.client] == nil, hints.count < nearestNames {
                    hints[asset.client] = nearest(asset.client, among: clients).map { "did you mean '\($0)'?" }
                }
                let hint = hints[asset.client] ?? "see 'rota get clients'"
                reasons.append(.init(index: index, message: "there is no client '\(asset.client)'", hint: hint))
            }
            if inManifests.contains(asset.name) {
                reasons.append(
                    .init(
                        index: index, message: "asset '\(asset.name)' is defined by a manifest",
                        hint: "take it out of the manifest and apply with --prune, or out of this file"))
            }
        }
        return reasons
    }

    /// A name can be given once.
    static func givenTwice(_ assets: [Asset]) -> [Reason] {
        var seen: Set<String> = []
        return assets.enumerated().compactMap { index, asset in
            guard !seen.insert(asset.name).inserted else { return nil }
            return Reason(index: index, message: "asset '\(asset.name)' is given twice", hint: "keep one of the two")
        }
    }
}
