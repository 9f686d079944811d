import Postgres

enum FindJob {
    /// A scheduler that has woken an assignment and writes it again takes a key share of its job, and holds what is to be
    /// woken here: a lock that keeps it out would have the two wait for each other.
    static let select: Statement =
        "select id from rota.job where name = $1 and removed_at is null for no key update"

    /// The job's number, with the job locked so that acts on it come one after the other; nil where there is none.
    static func number(of name: String, on connection: isolated Connection) async throws -> Int64? {
        try await connection.query(select, [name]).first?.get(0)
    }
}

enum WakePlanning {
    /// Whoever locks several assignments does so in the order of their numbers, so that no two wait for each other.
    static let wakeAssignments: Statement = """
        update rota.assignment set wake_at = least(wake_at, rota.now())
        where id = any (array(
            select a.id from rota.assignment a where a.id = any ($1) and a.removed_at is null
            order by a.id for no key update))
        """

    static let notify: Statement = "select pg_notify('rota_plan', '')"

    /// Has schedulers look at these assignments at once.
    static func wake(assignments: [Int64], on connection: isolated Connection) async throws {
        _ = try await connection.query(wakeAssignments, [assignments])
        _ = try await connection.query(notify, [])
    }
}
