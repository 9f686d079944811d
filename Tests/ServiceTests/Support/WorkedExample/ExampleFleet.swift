import Manifest
import Model
import Recurrence
import StoreTestSupport
import TestSupport

import class FoundationEssentials.FileManager
import struct FoundationEssentials.URL

/// The worked example of `docs/fleets.md`, as its files say.
struct ExampleFleet: Sendable {
    var definitions: [Definition]
    var servers: [Asset]
    var zones: [String: Zone]

    /// Its clock begins on a Friday, two days before the Sunday after Patch Tuesday.
    static let begins = "2026-11-13T00:00:00Z"
    static let ends = instant("2027-01-22T12:00:00Z")
    /// The job that is shown, and the one that it requires.
    static let patching = "patch-servers"
    static let backup = "backup-check"

    /// - Throws: where a file cannot be read, or something is wrong in one.
    static func read() throws -> ExampleFleet {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../../docs/examples/fleet").standardized.path
        let manifests = ManifestReader.read(paths: [folder])
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/servers.csv") else {
            throw TestSupportError("\(folder)/servers.csv cannot be read")
        }
        let list = AssetList(bytes: Array(bytes), file: "servers.csv")
        let problems = manifests.allProblems(now: instant(begins)) + list.problems
        guard problems.isEmpty else { throw TestSupportError(problems.map(\.description).joined(separator: "\n")) }
        var zones: [String: Zone] = [:]
        for case .client(let client) in manifests.definitions { zones[client.name] = try Zone.named(client.timezone) }
        return ExampleFleet(
            definitions: manifests.definitions, servers: list.entries.map(\.asset), zones: zones)
    }

    /// A client's time by its own clock.
    func local(_ moment: Instant, of client: String) throws -> LocalTime {
        guard let zone = zones[client] else { throw TestSupportError("there is no client \(client)") }
        return zone.local(moment)
    }

    func servers(of client: String) -> [Asset] { servers.filter { $0.client == client } }

    /// A client's canaries.
    func canaries(of client: String) -> Set<String> {
        Set(servers(of: client).filter { $0.labels["ring"] == "canary" }.map(\.name))
    }
}
