import Model
import Postgres
import Recurrence

/// The runs of some assignments that are not done. A row that cannot be read is its assignment's own trouble.
struct OpenRuns: Sendable {
    /// Rows that no worker may lease while they are planned: read first, and the other places afterwards, so that
    /// a run which was leased meanwhile is seen there. In one order, so that no two wait for each other; `+ 0` has
    /// them sorted, where the whole table would be read in the order of its key.
    static let lockReady: Statement = """
        select s.assignment_id, s.run_id, s.asset_id, s.lane, s.due_at, s.not_before, s.start_by
        from rota.ready s
        where s.assignment_id = any ($1)
        order by s.run_id + 0
        for update
        """

    static let lockHeld: Statement = """
        select h.assignment_id, h.run_id, r.asset_id, r.lane, h.due_at, h.hold, h.look_at
        from rota.held h
        cross join lateral (
            select o.asset_id, o.lane from rota.run o where o.id = h.run_id and o.due_at = h.due_at offset 0
        ) r
        where h.assignment_id = any ($1)
        order by h.run_id + 0
        for update of h
        """

    /// All leases are looked through, once for all assignments: what is looked for is a set, which a comparison with each
    /// element of an array would not be.
    static let selectLeased: Statement = """
        select l.assignment_id, l.run_id, r.asset_id, r.lane, l.due_at
        from (
            select u.assignment_id, u.run_id, u.due_at
            from rota.lease e cross join lateral unnest(e.assignments, e.runs, e.dues) u (assignment_id, run_id, due_at)
            where u.run_id is not null and (u.assignment_id in (select a from unnest($1::bigint[]) a)) is true
            offset 0
        ) l
        join rota.run r on r.id = l.run_id and r.due_at = l.due_at
        """

    static let selectWaiting: Statement = """
        select w.assignment_id, w.run_id, r.asset_id, r.lane, w.due_at, w.look_at
        from rota.waiting w join rota.run r on r.id = w.run_id and r.due_at = w.due_at
        where w.assignment_id = any ($1)
        """

    private var runs: [Int64: [OpenRun]] = [:]
    private var troubles: [Int64: any Error] = [:]

    static func load(
        of assignments: ArraySlice<WakingAssignment>, on connection: isolated Connection
    ) async throws -> OpenRuns {
        let numbers = assignments.map(\.id)
        let rows = try await connection.together(
            [lockReady, lockHeld, selectLeased, selectWaiting].map { ($0, [numbers]) })
        var open = OpenRuns()
        for row in rows[0] {
            try open.add(row) { row in try .ready(notBefore: row.get(5), startBy: row.get(6)) }
        }
        for row in rows[1] {
            try open.add(row) { row in try .held(row.get(5), lookAt: row.get(6)) }
        }
        for row in rows[2] {
            try open.add(row) { _ in .leased }
        }
        for row in rows[3] {
            try open.add(row) { row in try .waiting(repeatAt: row.get(5)) }
        }
        return open
    }

    func runs(of assignment: WakingAssignment) throws -> [OpenRun] {
        if let trouble = troubles[assignment.id] { throw trouble }
        return runs[assignment.id] ?? []
    }

    private mutating func add(_ row: Row, _ place: (Row) throws -> OpenRun.Place) throws {
        let assignment: Int64 = try row.get(0)
        do {
            let run = try OpenRun(
                id: row.get(1), target: row.get(2), lane: row.get(3), due: row.get(4), place: place(row))
            runs[assignment, default: []].append(run)
        } catch {
            troubles[assignment] = error
        }
    }
}
