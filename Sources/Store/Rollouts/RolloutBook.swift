import Model
import Postgres
import Recurrence

/// An occurrence of which the rollout is asked for.
struct RolloutKey: Hashable, Sendable {
    var assignment: Int64
    var job: Int64
    var jobName: String
    var clientName: String
    var due: Instant
    /// Whether it is one over all clients.
    var isAcross: Bool
}

/// How far rollouts have come, counted from their runs, with what people decided about them.
struct RolloutBook: Sendable {
    /// Of the runs of each occurrence, ring by ring; of all clients' that have the same local time, where `is_across`.
    static let selectTallies: Statement = """
        select n.place, r.ring, count(*), count(*) filter (where d.run_id is null),
            count(*) filter (where d.state = 'succeeded'), count(*) filter (where d.state = 'failed'), max(d.finished_at),
            min(r.due_at)
        from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[]) with ordinality
            n (assignment_id, job_id, due_at, is_across, place)
        cross join lateral (
            select n.assignment_id, n.due_at where not n.is_across
            union all
            select s.assignment_id, s.due_at
            from rota.occurrence o
            join rota.assignment a on a.job_id = n.job_id
            join rota.occurrence s on s.assignment_id = a.id and s.local_time = o.local_time
                and s.due_at between n.due_at - interval '27 hours' and n.due_at + interval '27 hours'
            where n.is_across and o.assignment_id = n.assignment_id and o.due_at = n.due_at
        ) m
        join rota.run r on r.assignment_id = m.assignment_id and r.due_at = m.due_at and r.ring is not null
        left join rota.done d on d.run_id = r.id and d.due_at = r.due_at
        group by n.place, r.ring
        """

    static let selectLocalTimes: Statement = """
        select n.place, o.local_time
        from unnest($1::bigint[], $2::timestamptz[]) with ordinality n (assignment_id, due_at, place)
        join rota.occurrence o on o.assignment_id = n.assignment_id and o.due_at = n.due_at
        """

    static let selectEvents: Statement = """
        select scope, event, actor, why, forgiven, passed from rota.rollout_event where scope = any ($1) order by id
        """

    /// Clients whose part in a rollout over all of them is still to be planned. One that is planned up to an hour before has
    /// all that is due within the 26 hours after it, being planned 27 hours ahead: it has no part, if there is none.
    static let selectUnplanned: Statement = """
        select n.place, c.name
        from unnest($1::bigint[], $2::text[], $3::timestamptz[]) with ordinality n (job_id, local_time, due_at, place)
        join rota.assignment a on a.job_id = n.job_id and a.removed_at is null
            and (a.wake_at <= rota.now() or a.trouble is not null)
            and a.planned_through < n.due_at - interval '1 hour'
        join rota.client c on c.id = a.client_id
        where not exists (
            select from rota.occurrence o
            where o.assignment_id = a.id and o.local_time = n.local_time
                and o.due_at between n.due_at - interval '27 hours' and n.due_at + interval '27 hours')
        order by c.name
        """

    /// By scope.
    private var tallies: [String: RolloutTally] = [:]
    private var scopes: [RolloutKey: String] = [:]
    /// Of those over all clients.
    private var locals: [RolloutKey: String] = [:]

    init() {}

    func tally(_ key: RolloutKey) -> RolloutTally { tallies[scopes[key] ?? ""] ?? RolloutTally() }

    /// `job/client/moment`, or `job/*/local time` over all clients.
    func scope(_ key: RolloutKey) -> String? { scopes[key] }

    static func load(_ keys: [RolloutKey], on connection: isolated Connection) async throws -> RolloutBook {
        var book = try await named(keys, on: connection)
        try await book.count(keys, on: connection)
        return book
    }

    /// With their scopes alone.
    static func named(_ keys: [RolloutKey], on connection: isolated Connection) async throws -> RolloutBook {
        var book = RolloutBook()
        let locals = try await locals(keys, on: connection)
        for (index, key) in keys.enumerated() {
            book.locals[key] = locals[index]
            book.scopes[key] =
                locals[index].map { "\(key.jobName)/*/\($0)" } ?? "\(key.jobName)/\(key.clientName)/\(key.due)"
        }
        return book
    }

    /// Counts the runs of these, of which the scopes are known. A rollout over all clients is counted once, for the first of
    /// its moments that is asked for, however many of its clients ask.
    mutating func count(_ keys: [RolloutKey], on connection: isolated Connection) async throws {
        let one = Dictionary(keys.map { (scopes[$0] ?? "", $0) }, uniquingKeysWith: { $0.due <= $1.due ? $0 : $1 })
        let asked = Array(one.values)
        guard !asked.isEmpty else { return }
        let rows = try await connection.together([
            (
                Self.selectTallies,
                [asked.map(\.assignment), asked.map(\.job), asked.map(\.due), asked.map(\.isAcross)]
            ),
            (Self.selectEvents, [Array(one.keys)]),
        ])
        for row in rows[0] {
            let place: Int64 = try row.get(0)
            let ring: Int16 = try row.get(1)
            let scope = scopes[asked[Int(place) - 1]] ?? ""
            let due: Instant = try row.get(7)
            let firstDue = tallies[scope]?.firstDue ?? due
            tallies[scope, default: .init()].rings[Int(ring)] = try RolloutTally.Ring(row)
            tallies[scope]?.firstDue = min(firstDue, due)
        }
        try await addUnplanned(asked.filter { locals[$0] != nil }, on: connection)
        let decisions = try RolloutDecisions(rows[1])
        for scope in one.keys { decisions.apply(to: &tallies[scope, default: .init()], scope: scope) }
    }

    /// The local times of those over all clients, by their places.
    private static func locals(_ keys: [RolloutKey], on connection: isolated Connection) async throws -> [Int: String] {
        guard keys.contains(where: \.isAcross) else { return [:] }
        var locals: [Int: String] = [:]
        for row in try await connection.query(selectLocalTimes, [keys.map(\.assignment), keys.map(\.due)]) {
            let index = Int(try row.get(0, as: Int64.self)) - 1
            if keys[index].isAcross { locals[index] = try row.get(1, as: String.self) }
        }
        return locals
    }

    private mutating func addUnplanned(_ keys: [RolloutKey], on connection: isolated Connection) async throws {
        guard !keys.isEmpty else { return }
        let rows = try await connection.query(
            Self.selectUnplanned, [keys.map(\.job), keys.map { locals[$0] }, keys.map(\.due)])
        for row in rows {
            let scope = scopes[keys[Int(try row.get(0, as: Int64.self)) - 1]] ?? ""
            tallies[scope, default: .init()].unplanned.append(try row.get(1))
        }
    }
}

extension RolloutTally.Ring {
    fileprivate init(_ row: Row) throws {
        func count(_ place: Int) throws -> Int { Int(try row.get(place, as: Int64.self)) }
        self.init(
            planned: try count(2), open: try count(3), succeeded: try count(4), failed: try count(5),
            lastFinished: try row.get(6))
    }
}
