import Model
import Postgres
import Recurrence

/// The runs of an assignment that are not done.
enum OpenRuns {
    /// Rows that no worker may lease while they are planned: read first, and the other places afterwards, so that
    /// a run which was leased meanwhile is seen there.
    static let lockReady: Statement = """
        select s.run_id, r.asset_id, r.lane, r.due_at, s.not_before, s.start_by
        from rota.ready s join rota.run r on r.id = s.run_id and r.due_at = s.due_at
        where s.assignment_id = $1
        for update of s
        """

    static let selectHeld: Statement = """
        select h.run_id, r.asset_id, r.lane, r.due_at, h.hold, h.look_at
        from rota.held h join rota.run r on r.id = h.run_id and r.due_at = h.due_at
        where h.assignment_id = $1
        for update of h
        """

    static let selectGoing: Statement = """
        select l.run_id, r.asset_id, r.lane, r.due_at, true, null::timestamptz
        from rota.leased l join rota.run r on r.id = l.run_id and r.due_at = l.due_at
        where l.assignment_id = $1
        union all
        select w.run_id, r.asset_id, r.lane, r.due_at, false, w.look_at
        from rota.waiting w join rota.run r on r.id = w.run_id and r.due_at = w.due_at
        where w.assignment_id = $1
        """

    static func load(of assignment: Int64, on connection: isolated Connection) async throws -> [OpenRun] {
        let ready = try await connection.query(lockReady, [assignment]).map { row in
            try run(row, .ready(notBefore: row.get(4), startBy: row.get(5)))
        }
        let held = try await connection.query(selectHeld, [assignment]).map { row in
            try run(row, .held(row.get(4), lookAt: row.get(5)))
        }
        let going = try await connection.query(selectGoing, [assignment]).map { row in
            try run(row, row.get(4) ? .leased : .waiting(repeatAt: row.get(5)))
        }
        return ready + held + going
    }

    private static func run(_ row: Row, _ place: OpenRun.Place) throws -> OpenRun {
        try OpenRun(id: row.get(0), target: row.get(1), lane: row.get(2), due: row.get(3), place: place)
    }
}
