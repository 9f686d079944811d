import Model
import Postgres

/// Writes what becomes of assignments.
enum AssignmentWriter {
    /// They get their numbers in the order of their names: what is planned at one moment is planned in that order.
    static let make: Statement = """
        insert into rota.assignment (job_id, client_id, planned_through, wake_at)
        select j.id, c.id, rota.now(), rota.now()
        from unnest($1::text[], $2::text[]) with ordinality as given (job, client, place)
        join rota.job j on j.name = given.job
        join rota.client c on c.name = given.client
        order by given.place
        on conflict (job_id, client_id) do update
        set planned_through = excluded.planned_through, wake_at = excluded.wake_at, trouble = null, removed_at = null
        """

    /// The new schedule counts from the change, so that it fires nothing for the past.
    static let reschedule: Statement = """
        update rota.assignment a set planned_through = rota.now(), wake_at = rota.now()
        from unnest($1::text[], $2::text[]) as given (job, client)
        join rota.job j on j.name = given.job
        join rota.client c on c.name = given.client
        where a.job_id = j.id and a.client_id = c.id
        """

    static let wake: Statement = """
        update rota.assignment a set wake_at = least(a.wake_at, rota.now())
        from unnest($1::text[], $2::text[]) as given (job, client)
        join rota.job j on j.name = given.job
        join rota.client c on c.name = given.client
        where a.job_id = j.id and a.client_id = c.id
        """

    static let remove: Statement = """
        update rota.assignment a set removed_at = rota.now(), wake_at = null
        from unnest($1::text[], $2::text[]) as given (job, client)
        join rota.job j on j.name = given.job
        join rota.client c on c.name = given.client
        where a.job_id = j.id and a.client_id = c.id
        """

    static func write(_ changes: AssignmentChanges, on connection: isolated Connection) async throws {
        let all: [(Statement, [AssignmentName])] = [
            (remove, changes.removed), (reschedule, changes.rescheduled), (wake, changes.woken), (make, changes.made),
        ]
        for (statement, names) in all where !names.isEmpty {
            _ = try await connection.query(statement, [names.map(\.job), names.map(\.client)])
        }
    }
}
