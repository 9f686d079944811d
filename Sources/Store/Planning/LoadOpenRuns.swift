import Model
import Postgres
import Recurrence

/// The runs of some assignments that are not done. A row that cannot be read is its assignment's own trouble.
struct OpenRuns: Sendable {
    /// Rows that no worker may lease while they are planned: read first, and the other places afterwards, so that
    /// a run which was leased meanwhile is seen there. In one order, so that no two wait for each other; `+ 0` has
    /// them sorted, where the whole table would be read in the order of its key.
    static let lockReady = Statement("\(ready("assignment_id")) for update")
    static let selectReady = Statement(ready("assignment_id"))
    static let lockHeld = Statement("\(held("assignment_id")) for update of h")
    static let selectHeld = Statement(held("assignment_id"))
    /// By their numbers: of rows that are locked already.
    static let selectNumberedReady = Statement(ready("run_id"))
    static let selectNumberedHeld = Statement(held("run_id"))

    private static func ready(_ key: StaticString) -> String {
        """
        select s.assignment_id, s.run_id, s.asset_id, s.lane, s.due_at, null::smallint,
            s.lane = 'reactive' and exists (
                select from rota.run o where o.id = s.run_id and o.due_at = s.due_at and o.overrides_freeze offset 0),
            s.not_before, s.start_by, s.attempts
        from rota.ready s
        where s.\(key) = any ($1)
        order by s.run_id + 0
        """
    }

    /// Looked up by its key: joined, all runs would be read by a plan that was made while there were none.
    private static func run(_ place: StaticString) -> String {
        """
        select o.asset_id, o.lane, o.ring, o.overrides_freeze from rota.run o
        where o.id = \(place).run_id and o.due_at = \(place).due_at offset 0
        """
    }

    private static func held(_ key: StaticString) -> String {
        """
        select h.assignment_id, h.run_id, r.asset_id, r.lane, h.due_at, r.ring, coalesce(r.overrides_freeze, false), h.hold,
            h.look_at, h.not_before, h.attempts
        from rota.held h
        cross join lateral (\(run("h"))) r
        where h.\(key) = any ($1)
        order by h.run_id + 0
        """
    }

    /// All leases are looked through, once for all assignments: what is looked for is a set, which a comparison with each
    /// element of an array would not be.
    static let selectLeased = Statement(
        """
        select l.assignment_id, l.run_id, r.asset_id, r.lane, l.due_at, r.ring, coalesce(r.overrides_freeze, false)
        from (
            select u.assignment_id, u.run_id, u.due_at
            from rota.lease e cross join lateral unnest(e.assignments, e.runs, e.dues) u (assignment_id, run_id, due_at)
            where u.run_id is not null and (u.assignment_id in (select a from unnest($1::bigint[]) a)) is true
            offset 0
        ) l
        cross join lateral (\(run("l"))) r
        """)

    static let selectWaiting = Statement(
        """
        select w.assignment_id, w.run_id, r.asset_id, r.lane, w.due_at, r.ring, coalesce(r.overrides_freeze, false), w.look_at
        from rota.waiting w cross join lateral (\(run("w"))) r
        where w.assignment_id = any ($1)
        """)

    private var runs: [Int64: [OpenRun]] = [:]
    private var troubles: [Int64: any Error] = [:]

    /// - Parameter locking: whether they are to be moved; else they are only looked at.
    static func load(
        of assignments: ArraySlice<WakingAssignment>, locking: Bool = true, on connection: isolated Connection
    ) async throws -> OpenRuns {
        let numbers = assignments.map(\.id)
        let places = locking ? [lockReady, lockHeld] : [selectReady, selectHeld]
        let rows = try await connection.together(
            (places + [selectLeased, selectWaiting]).map { ($0, [numbers]) })
        var open = OpenRuns()
        try open.add(ready: rows[0], held: rows[1])
        try open.add(leased: rows[2], waiting: rows[3])
        return open
    }

    /// Those that somebody is at.
    static func loadGoing(
        of assignments: [WakingAssignment], on connection: isolated Connection
    ) async throws -> OpenRuns {
        let numbers = assignments.map(\.id)
        let rows = try await connection.together([(selectLeased, [numbers]), (selectWaiting, [numbers])])
        var open = OpenRuns()
        try open.add(leased: rows[0], waiting: rows[1])
        return open
    }

    /// Those of these numbers, whose rows are locked.
    static func load(ready: [Int64], held: [Int64], on connection: isolated Connection) async throws -> OpenRuns {
        let rows = try await connection.together([(selectNumberedReady, [ready]), (selectNumberedHeld, [held])])
        var open = OpenRuns()
        try open.add(ready: rows[0], held: rows[1])
        return open
    }

    func runs(of assignment: WakingAssignment) throws -> [OpenRun] {
        if let trouble = troubles[assignment.id] { throw trouble }
        return runs[assignment.id] ?? []
    }

    /// The moments at which the scheduled ones of them were due.
    func dues(of assignment: WakingAssignment) throws -> Set<Instant> {
        Set(try runs(of: assignment).filter { $0.lane == .proactive }.map(\.due))
    }

    private mutating func add(ready: Rows, held: Rows) throws {
        for row in ready {
            try add(row, failures: row.get(9)) { row in try .ready(notBefore: row.get(7), startBy: row.get(8)) }
        }
        for row in held {
            try add(row, notBefore: row.get(9), failures: row.get(10)) { row in
                try .held(row.get(7), lookAt: row.get(8))
            }
        }
    }

    private mutating func add(leased: Rows, waiting: Rows) throws {
        for row in leased {
            try add(row) { _ in .leased }
        }
        for row in waiting {
            try add(row) { row in try .waiting(repeatAt: row.get(7)) }
        }
    }

    private mutating func add(
        _ row: Row, notBefore: Instant? = nil, failures: Int16 = 0, _ place: (Row) throws -> OpenRun.Place
    ) throws {
        let assignment: Int64 = try row.get(0)
        do {
            let run = try OpenRun(
                id: row.get(1), target: row.get(2), lane: row.get(3), due: row.get(4), place: place(row),
                ring: row.get(5, as: Int16?.self).map(Int.init), overridesFreeze: row.get(6),
                notBefore: notBefore, failures: Int(failures))
            runs[assignment, default: []].append(run)
        } catch {
            troubles[assignment] = error
        }
    }
}
