import Model
import Postgres
import Recurrence

/// A run that was taken, without the definitions that it names.
struct TakenRun: Sendable {
    var attempt: Int64
    var run: Int64
    var due: Instant
    var revision: WorkDesk.Revision
    var client: Int64
    var clientChangedAt: Instant
    var asset: Int64?
    var assetChangedAt: Instant?
    var local: String?
    var startBy: Instant?
    var attempts: Int16
    var losses: Int16

    /// With the definitions, which may be newer than those that were there when it was taken; nil where one is not known.
    ///
    /// - Parameters:
    ///   - batch: with which it was taken.
    ///   - shared: what others of the same turn found.
    func lease(
        in batch: TakenBatch, _ state: borrowing WorkDesk.State, _ shared: inout SharedOrders
    ) throws -> Lease? {
        guard let order = shared.order(revision, client, state) else { return nil }
        var ofAsset: Asset?
        if let asset {
            guard let known = state.assets[asset] else { return nil }
            ofAsset = known.definition
        }
        // What was asked for by somebody has no local time of a rule.
        let local = try local.flatMap { LocalTime($0) } ?? shared.zone(order.client.timezone).local(due)
        return Lease(
            attempt: attempt, run: run, attempts: Int(attempts), losses: Int(losses), leasedAt: batch.leasedAt,
            startWithin: startBy.map { $0 - batch.leasedAt }, lane: batch.stream.lane, due: due, local: local,
            order: order, asset: ofAsset)
    }
}

/// What the runs of a turn have in common, looked up once.
struct SharedOrders {
    private var last: (revision: WorkDesk.Revision, client: Int64, order: WorkOrder)?
    private var zones: [String: Zone] = [:]

    /// Runs of the same job for the same client mostly come one after the other.
    mutating func order(
        _ revision: WorkDesk.Revision, _ client: Int64, _ state: borrowing WorkDesk.State
    ) -> WorkOrder? {
        if let last, last.revision == revision, last.client == client { return last.order }
        guard let job = state.jobs[revision], let known = state.clients[client] else { return nil }
        let order = WorkOrder(job: job, client: known.definition)
        last = (revision, client, order)
        return order
    }

    mutating func zone(_ name: String) throws -> Zone {
        if let zone = zones[name] { return zone }
        let zone = try Zone.named(name)
        zones[name] = zone
        return zone
    }
}
