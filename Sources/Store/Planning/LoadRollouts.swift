import Model
import Postgres
import Recurrence

/// How far the rollouts of open occurrences have come.
struct PlanningRollouts: Sendable {
    /// Of the runs of each occurrence, ring by ring; of all clients' that have the same local time, where `is_across`.
    static let selectTallies: Statement = """
        select n.place, r.ring, count(*), count(*) filter (where d.run_id is null),
            count(*) filter (where d.state = 'succeeded'), count(*) filter (where d.state = 'failed'), max(d.finished_at)
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
        select o.assignment_id, o.due_at, o.local_time
        from unnest($1::bigint[], $2::timestamptz[]) n (assignment_id, due_at)
        join rota.occurrence o on o.assignment_id = n.assignment_id and o.due_at = n.due_at
        """

    static let selectEvents: Statement = """
        select scope, event, actor, why, forgiven, passed from rota.rollout_event where scope = any ($1) order by id
        """

    /// Clients whose part in a rollout over all of them is still to be planned.
    static let selectUnplanned: Statement = """
        select n.place, c.name
        from unnest($1::bigint[], $2::text[], $3::timestamptz[]) with ordinality n (job_id, local_time, due_at, place)
        join rota.assignment a on a.job_id = n.job_id and a.removed_at is null
            and (a.wake_at <= rota.now() or a.trouble is not null)
        join rota.client c on c.id = a.client_id
        where not exists (
            select from rota.occurrence o
            where o.assignment_id = a.id and o.local_time = n.local_time
                and o.due_at between n.due_at - interval '27 hours' and n.due_at + interval '27 hours')
        order by c.name
        """

    /// An occurrence with open runs of a watched rollout.
    private struct One: Hashable {
        var assignment: Int64
        var job: Int64
        var due: Instant
        var isAcross: Bool
        var scope = ""
        var local = ""
    }

    private var tallies: [Int64: [Instant: RolloutTally]] = [:]
    /// The names of their scopes, for what is written of them.
    private var scopes: [Int64: [Instant: String]] = [:]

    static func load(
        for assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions, _ open: OpenRuns,
        on connection: isolated Connection
    ) async throws -> PlanningRollouts {
        var ones: [One] = []
        for assignment in assignments {
            guard let job = definitions.readableJob(of: assignment), job.rollout?.isWatched == true else { continue }
            for due in try open.dues(of: assignment) {
                ones.append(
                    One(
                        assignment: assignment.id, job: assignment.jobID, due: due,
                        isAcross: job.rollout?.across == .clients,
                        scope: "\(assignment.jobName)/\(assignment.clientName)/\(due)"))
            }
        }
        var rollouts = PlanningRollouts()
        if !ones.isEmpty { try await rollouts.load(ones, assignments, on: connection) }
        return rollouts
    }

    func tallies(of assignment: WakingAssignment) -> [Instant: RolloutTally] { tallies[assignment.id] ?? [:] }

    func scope(of assignment: WakingAssignment, due: Instant) -> String? { scopes[assignment.id]?[due] }

    private mutating func load(
        _ given: [One], _ assignments: ArraySlice<WakingAssignment>, on connection: isolated Connection
    ) async throws {
        let ones = try await Self.named(given, assignments, on: connection)
        let rows = try await connection.together([
            (
                Self.selectTallies,
                [ones.map(\.assignment), ones.map(\.job), ones.map(\.due), ones.map(\.isAcross)]
            ),
            (Self.selectEvents, [Array(Set(ones.map(\.scope)))]),
        ])
        var found: [Int: RolloutTally] = [:]
        for row in rows[0] {
            let place: Int64 = try row.get(0)
            let ring: Int16 = try row.get(1)
            found[Int(place) - 1, default: .init()].rings[Int(ring)] = try Self.ring(row)
        }
        let across = ones.indices.filter { ones[$0].isAcross }
        if !across.isEmpty {
            let missing = try await connection.query(
                Self.selectUnplanned,
                [across.map { ones[$0].job }, across.map { ones[$0].local }, across.map { ones[$0].due }])
            for row in missing {
                let place: Int64 = try row.get(0)
                found[across[Int(place) - 1], default: .init()].unplanned.append(try row.get(1))
            }
        }
        let decisions = try RolloutDecisions(rows[1])
        for (index, one) in ones.enumerated() {
            var tally = found[index] ?? RolloutTally()
            decisions.apply(to: &tally, scope: one.scope)
            tallies[one.assignment, default: [:]][one.due] = tally
            scopes[one.assignment, default: [:]][one.due] = one.scope
        }
    }

    private static func ring(_ row: Row) throws -> RolloutTally.Ring {
        func count(_ place: Int) throws -> Int { Int(try row.get(place, as: Int64.self)) }
        return RolloutTally.Ring(
            planned: try count(2), open: try count(3), succeeded: try count(4), failed: try count(5),
            lastFinished: try row.get(6))
    }

    /// With their local times, where these make their scopes.
    private static func named(
        _ ones: [One], _ assignments: ArraySlice<WakingAssignment>, on connection: isolated Connection
    ) async throws -> [One] {
        let across = ones.filter(\.isAcross)
        guard !across.isEmpty else { return ones }
        let jobs = Dictionary(assignments.map { ($0.jobID, $0.jobName) }, uniquingKeysWith: { first, _ in first })
        var locals: [One: String] = [:]
        for row in try await connection.query(selectLocalTimes, [across.map(\.assignment), across.map(\.due)]) {
            let key = One(assignment: try row.get(0), job: 0, due: try row.get(1), isAcross: true)
            locals[key] = try row.get(2, as: String.self)
        }
        return ones.map { one in
            guard one.isAcross,
                let local = locals[One(assignment: one.assignment, job: 0, due: one.due, isAcross: true)]
            else { return one }
            var named = one
            named.local = local
            named.scope = "\(jobs[one.job] ?? "")/*/\(local)"
            return named
        }
    }
}

/// What people have decided about rollouts, by their scopes.
struct RolloutDecisions: Sendable {
    private struct Event: Sendable {
        var event: String
        var actor: String
        var why: String
        var forgiven: Int32
        var passed: [Int16]
    }

    private var events: [String: [Event]] = [:]

    /// Rows of scope, event, actor, why, forgiven and passed, in their order.
    init(_ rows: Rows) throws {
        for row in rows {
            let event = try Event(
                event: row.get(1), actor: row.get(2), why: row.get(3), forgiven: row.get(4), passed: row.get(5))
            events[try row.get(0), default: []].append(event)
        }
    }

    func apply(to tally: inout RolloutTally, scope: String) {
        for event in events[scope] ?? [] {
            switch event.event {
            case "stopped": tally.stopped = event.why
            case "resumed":
                tally.stopped = nil
                tally.forgiven = Int(event.forgiven)
                tally.passed = Set(event.passed.map(Int.init))
            default: tally.aborted = "its rollout was aborted by \(event.actor): \(event.why)"
            }
        }
    }
}
