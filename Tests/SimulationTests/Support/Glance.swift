import Model
import Postgres
import Recurrence
import Store

/// What there is to do in a database, seen with one statement.
struct Glance {
    static let statement: Statement = """
        select
            (select min(wake_at) from rota.assignment),
            (select min(not_before) from rota.ready where not is_due and parked is null and not_before > rota.now()),
            array(
                select distinct r.queue from rota.ready r
                where r.parked is null and r.not_before <= rota.now() and (r.start_by is null or r.start_by > rota.now())
                    and r.assignment_id <> all (array(select u.assignment_id from rota.nudge u where u.is_failure))),
            exists (select from rota.ready where parked is not null),
            array(select attempt_id from rota.cancel_request order by attempt_id),
            array(select run_id from rota.waiting order by run_id)
        """

    /// When an assignment is to be looked at next.
    var wakeAt: Instant?
    /// When the next run that stands aside for later may start.
    var laterFrom: Instant?
    /// Queues of which a run may start now.
    var queues: Set<String>
    /// Whether a run waits behind a limit.
    var hasParked: Bool
    /// Attempts that are asked to end.
    var cancels: [Int64]
    /// Runs that wait for a person.
    var waiting: [Int64]

    init(_ row: Row) throws {
        wakeAt = try row.get(0)
        laterFrom = try row.get(1)
        queues = Set(try row.get(2, as: [String].self))
        hasParked = try row.get(3)
        cancels = try row.get(4)
        waiting = try row.get(5)
    }
}

extension Reality {
    func glance() async throws -> Glance { try Glance(try await database.pool.query(Glance.statement, []).only()) }
}
