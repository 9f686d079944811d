import Model
import Postgres
import Recurrence

/// A rollout, and how far it has come.
public struct ListedRollout: Sendable, Hashable {
    /// `job/client/moment`, or `job/*/local time` over all clients.
    public var scope: String
    public var job: String
    /// Nil is over all clients.
    public var client: String?
    public var due: Instant
    public var rollout: Rollout
    public var tally: RolloutTally
    public var position: RolloutPosition
    /// Since when it is stopped.
    public var stoppedAt: Instant?
    /// The assignments whose runs it has.
    var assignments: [Int64]
    var jobID: Int64
    var clientID: Int64
}

extension Store {
    /// The occurrences with open runs in a ring, and the last one of each assignment.
    static let selectRollouts: Statement = """
        select a.id, j.id, j.name, c.id, c.name, o.due_at, v.definition -> 'rollout', rota.now()
        from rota.job j
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        join rota.assignment a on a.job_id = j.id
        join rota.client c on c.id = a.client_id
        cross join lateral (
            select h.due_at from rota.held h where h.assignment_id = a.id
            union
            select h.due_at from rota.ready h where h.assignment_id = a.id
            union
            select l.due_at from rota.leased l where l.assignment_id = a.id
            union
            (select p.due_at from rota.occurrence p where p.assignment_id = a.id order by p.due_at desc limit 1)
        ) o
        where (v.definition #> '{rollout,rings}' is not null or v.definition #> '{rollout,stopAfter}' is not null)
            and ($1::text is null or j.name = $1) and ($2::text is null or c.name = $2 or v.definition #>> '{rollout,across}' = 'clients')
            and exists (
                select from rota.run r where r.assignment_id = a.id and r.due_at = o.due_at and r.ring is not null)
        order by j.name, c.name, o.due_at
        """

    static let selectStops: Statement = """
        select scope, max(at) from rota.rollout_event where scope = any ($1) and event = 'stopped' group by scope
        """

    /// Those of open occurrences and of the last ones, of a job and a client where these are given.
    public func rollouts(job: String? = nil, client: String? = nil) async throws -> [ListedRollout] {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            try await ListedRollout.load(job: job, client: client, on: connection)
        }
    }
}

extension ListedRollout {
    static func load(
        job: String?, client: String?, on connection: isolated Connection
    ) async throws -> [ListedRollout] {
        let rows = try await connection.query(Store.selectRollouts, [job, client]).map { row in
            let rollout: Rollout = try row.get(6, as: JSON.self).decoded()
            let key = RolloutKey(
                assignment: try row.get(0), job: try row.get(1), jobName: try row.get(2), clientName: try row.get(4),
                due: try row.get(5), isAcross: rollout.across == .clients)
            return (key: key, client: try row.get(3, as: Int64.self), rollout, now: try row.get(7, as: Instant.self))
        }
        let book = try await RolloutBook.load(rows.map(\.key), on: connection)
        var listed: [String: ListedRollout] = [:]
        for (key, client, rollout, now) in rows {
            guard let scope = book.scope(key) else { continue }
            let tally = book.tally(key)
            listed[
                scope,
                default: ListedRollout(
                    scope: scope, job: key.jobName, client: key.isAcross ? nil : key.clientName, due: key.due,
                    rollout: rollout, tally: tally, position: rollout.position(tally, now: now), assignments: [],
                    jobID: key.job, clientID: client)
            ].assignments.append(key.assignment)
        }
        for row in try await connection.query(Store.selectStops, [Array(listed.keys)]) {
            let scope: String = try row.get(0)
            if case .stopped? = listed[scope]?.position { listed[scope]?.stoppedAt = try row.get(1) }
        }
        return listed.values.sorted { ($0.job, $0.due, $0.client ?? "") < ($1.job, $1.due, $1.client ?? "") }
    }

    /// Whether it waits for a person.
    public var isStopped: Bool {
        if case .stopped = position { isOpen } else { false }
    }

    /// Whether something of it is not over.
    public var isOpen: Bool { tally.rings.values.contains { $0.open > 0 } }
}
