import Model
import Postgres
import Recurrence

/// A run as `rota.lease` tells of it.
struct TakenRun: Sendable {
    var attempt: Int64
    var run: Int64
    var due: Instant
    var queue: String
    var lane: Lane
    var turn: Instant
    var revision: WorkDesk.Revision
    var client: Int64
    var clientChangedAt: Instant
    var asset: Int64?
    var assetChangedAt: Instant?
    var local: String?
    var attempts: Int16
    var losses: Int16
    var leasedAt: Instant
    var startBy: Instant?

    init(_ row: Row) throws {
        attempt = try row.get(0)
        run = try row.get(1)
        due = try row.get(2)
        queue = try row.get(3)
        lane = try row.get(4)
        turn = try row.get(5)
        revision = WorkDesk.Revision(job: try row.get(6), revision: try row.get(7))
        client = try row.get(8)
        clientChangedAt = try row.get(9)
        asset = try row.get(10)
        assetChangedAt = try row.get(11)
        local = try row.get(12)
        attempts = try row.get(13)
        losses = try row.get(14)
        leasedAt = try row.get(15)
        startBy = try row.get(16)
    }

    /// With the definitions, which may be newer than those that were there when it was taken; nil where one is not known.
    ///
    /// - Parameter zones: those that were looked up for others of the same turn.
    func lease(_ state: borrowing WorkDesk.State, _ zones: inout [String: Zone]) throws -> Lease? {
        guard let job = state.jobs[revision], let client = state.clients[client] else { return nil }
        var ofAsset: Asset?
        if let asset {
            guard let known = state.assets[asset] else { return nil }
            ofAsset = known.definition
        }
        // What was asked for by somebody has no local time of a rule.
        let local =
            try local.flatMap { LocalTime($0) } ?? Self.zone(client.definition.timezone, &zones).local(due)
        return Lease(
            attempt: attempt, run: run, attempts: Int(attempts), losses: Int(losses), leasedAt: leasedAt,
            startWithin: startBy.map { $0 - leasedAt }, lane: lane, due: due, local: local, job: job,
            client: client.definition, asset: ofAsset)
    }

    private static func zone(_ name: String, _ zones: inout [String: Zone]) throws -> Zone {
        if let zone = zones[name] { return zone }
        let zone = try Zone.named(name)
        zones[name] = zone
        return zone
    }
}
