import Postgres
import Recurrence
import TestSupport

extension Stage {
    /// Another session's snapshot, which keeps every row that is deleted meanwhile from being removed.
    func holdSnapshot(_ chance: inout Chance) async throws -> Strike {
        let holder = try await Connection.connect(ground.primary.configuration())
        try await holder.execute("begin isolation level repeatable read; select count(*) from pg_class")
        await pause(.seconds(3) + chance.milliseconds(0...2000))
        let held = try await pool.query(
            "select count(*) from pg_stat_activity where backend_xmin is not null and state = 'idle in transaction'"
        ).only().get(0, as: Int64.self)
        try await holder.execute("commit")
        await holder.close()
        return Strike(landed: ["snapshots held": Int(held)], over: WallClock.read())
    }

    /// Has the standby hear nothing of the primary any more, and lets work go on without it.
    func leaveStandbyBehind() async throws {
        guard let standby = ground.standby else { throw TestSupportError("there is no standby to leave behind") }
        let connection = try await Connection.connect(standby.configuration())
        try await connection.execute("alter system set primary_conninfo = ''")
        try await connection.execute("select pg_reload_conf()")
        await connection.close()
        await pause(.seconds(2))
    }

    func moveClock(_ chance: inout Chance) async throws -> Strike {
        let before = WallClock.read()
        let ahead = clock.ahead + .seconds(Int.random(in: 8...40, using: &chance))
        let from = clock.reading(at: before)
        try await reading.setClock(ahead: ahead)
        clock.move(at: before, ahead: ahead)
        let gap = from..<(before + ahead)
        return Strike(landed: ["clocks moved": 1], over: WallClock.read()) { evidence in
            // What fell due in it was found afterwards, and of each job only the last is done.
            ["moments jumped over": evidence.runs.count { gap.contains($0.due) && $0.state == "missed" }]
        }
    }
}
