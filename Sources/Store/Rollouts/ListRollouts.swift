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
    /// Whether it is due, at one of its clients at least, or has stopped before.
    public var hasBegun: Bool
    /// The occurrences that it consists of.
    var parts: [Part]
    var jobID: Int64
    var clientID: Int64

    /// What of it is one assignment's.
    struct Part: Sendable, Hashable {
        var assignment: Int64
        var due: Instant
    }
}

/// The first rollouts of a list.
public struct RolloutList: Sendable, Equatable {
    public var rollouts: [ListedRollout]
    /// How many there are in all.
    public var total: Int
}

extension Store {
    /// Nobody knows how many occurrences a job has: for a guess that is far too high the server would spend longer on
    /// compiling than on looking.
    static let prepareRollouts: Statement = "select set_config('jit', 'off', true)"

    /// The occurrences with open runs in a ring, and the last one of each assignment that was due. `offset 0` has what belongs to each looked up
    /// by its index, whatever the server knows of tables that have just been filled.
    static let selectRollouts: Statement = """
        select a.id, j.id, j.name, c.id, c.name, o.due_at, v.definition -> 'rollout', rota.now()
        from rota.job j
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        join rota.assignment a on a.job_id = j.id
        cross join lateral (select c.id, c.name from rota.client c where c.id = a.client_id offset 0) c
        cross join lateral (
            select h.due_at from rota.held h where h.assignment_id = a.id
            union
            select h.due_at from rota.ready h where h.assignment_id = a.id
            union
            select l.due_at from rota.leased l where l.assignment_id = a.id
            union
            select w.due_at from rota.waiting w where w.assignment_id = a.id
            union
            (select p.due_at from rota.occurrence p where p.assignment_id = a.id and p.due_at <= rota.now()
            order by p.due_at desc limit 1)
        ) o
        where (v.definition #> '{rollout,rings}' is not null or v.definition #> '{rollout,stopAfter}' is not null)
            and ($1::text is null or j.name = $1) and ($2::text is null or c.name = $2 or v.definition #>> '{rollout,across}' = 'clients')
            and exists (
                select from rota.run r where r.assignment_id = a.id and r.due_at = o.due_at and r.ring is not null offset 0)
        order by j.name, c.name, o.due_at
        """

    static let selectStops: Statement = """
        select scope, max(at) from rota.rollout_event where scope = any ($1) and event = 'stopped' group by scope
        """

    /// Those of open occurrences and of the last ones, of a job and a client where these are given, by job, moment and client.
    ///
    /// - Parameter limit: so many at most; nil is all.
    public func rollouts(
        job: String? = nil, client: String? = nil, limit: Int? = nil
    ) async throws -> RolloutList {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            try await RolloutList.load(job: job, client: client, limit: limit, on: connection)
        }
    }
}

extension RolloutList {
    /// Only those that are listed are counted.
    static func load(
        job: String?, client: String?, limit: Int? = nil, on connection: isolated Connection
    ) async throws -> RolloutList {
        let answers = try await connection.together([
            (Store.prepareRollouts, []), (Store.selectRollouts, [job, client]),
        ])
        let rows = try answers[1].map(Row.init)
        var book = try await RolloutBook.named(rows.map(\.key), on: connection)
        let scopes = Dictionary(grouping: rows) { book.scope($0.key) ?? "" }.sorted { one, other in
            let (one, other) = (one.value[0].key, other.value[0].key)
            return (one.jobName, one.due, one.clientName) < (other.jobName, other.due, other.clientName)
        }
        let shown = scopes.prefix(limit ?? scopes.count)
        try await book.count(shown.flatMap { $0.value.map(\.key) }, on: connection)
        var rollouts = shown.map { ListedRollout($0.key, $0.value, book.tally($0.value[0].key)) }
        try await addStops(to: &rollouts, on: connection)
        return RolloutList(rollouts: rollouts, total: scopes.count)
    }

    private static func addStops(to rollouts: inout [ListedRollout], on connection: isolated Connection) async throws {
        var stops: [String: Instant] = [:]
        for row in try await connection.query(Store.selectStops, [rollouts.map(\.scope)]) {
            stops[try row.get(0)] = try row.get(1, as: Instant.self)
        }
        for index in rollouts.indices {
            if case .stopped = rollouts[index].position { rollouts[index].stoppedAt = stops[rollouts[index].scope] }
        }
    }

    /// One of `selectRollouts`.
    fileprivate struct Row {
        var key: RolloutKey
        var client: Int64
        var rollout: Rollout
        var now: Instant

        init(_ row: Postgres.Row) throws {
            rollout = try row.get(6, as: JSON.self).decoded()
            key = RolloutKey(
                assignment: try row.get(0), job: try row.get(1), jobName: try row.get(2), clientName: try row.get(4),
                due: try row.get(5), isAcross: rollout.across == .clients)
            client = try row.get(3)
            now = try row.get(7)
        }
    }
}

extension ListedRollout {
    /// - Parameter rows: of the same scope, and at least one.
    fileprivate init(_ scope: String, _ rows: [RolloutList.Row], _ tally: RolloutTally) {
        let (key, rollout) = (rows[0].key, rows[0].rollout)
        let (now, position) = (rows[0].now, rollout.position(tally, now: rows[0].now))
        self.init(
            scope: scope, job: key.jobName, client: key.isAcross ? nil : key.clientName, due: key.due,
            rollout: rollout, tally: tally, position: position, hasBegun: tally.hasBegun(position, now: now),
            parts: rows.map { Part(assignment: $0.key.assignment, due: $0.key.due) }, jobID: key.job,
            clientID: rows[0].client)
    }

    /// Whether it waits for a person.
    public var isStopped: Bool {
        if case .stopped = position { isOpen } else { false }
    }

    /// Whether something of it is not over.
    public var isOpen: Bool { tally.rings.values.contains { $0.open > 0 } }
}
