import Model
import Postgres

/// Ends runs that nobody has started and that are not wanted any more, as their job, client or asset is gone.
/// What is going goes on to its end.
struct UnwantedRuns: Sendable {
    static let cancelOfAssignments: Statement = """
        with wanted as (
            select a.id from unnest($1::text[], $2::text[]) as given (job, client)
            join rota.job j on j.name = given.job
            join rota.client c on c.name = given.client
            join rota.assignment a on a.job_id = j.id and a.client_id = c.id
        ), unheld as (
            delete from rota.held h where h.assignment_id = any (array(select w.id from wanted w))
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses
        ), unready as (
            delete from rota.ready r where r.assignment_id = any (array(select w.id from wanted w))
            returning r.run_id, r.due_at, r.assignment_id, r.attempts, r.losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'cancelled', rota.now(), g.attempts + g.losses, $3, $4
        from (select * from unheld union all select * from unready) g
        """

    static let cancelOfAssets: Statement = """
        with wanted as (
            select p.run_id
            from (select run_id, due_at from rota.held union all select run_id, due_at from rota.ready) p
            join rota.run r on r.id = p.run_id and r.due_at = p.due_at
            join rota.asset s on s.id = r.asset_id
            where s.name = any ($1)
        ), unheld as (
            delete from rota.held h using wanted w where h.run_id = w.run_id
            returning h.run_id, h.due_at, h.assignment_id, h.attempts, h.losses
        ), unready as (
            delete from rota.ready r using wanted w where r.run_id = w.run_id
            returning r.run_id, r.due_at, r.assignment_id, r.attempts, r.losses
        )
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'cancelled', rota.now(), g.attempts + g.losses, $2, $3
        from (select * from unheld union all select * from unready) g
        """

    var actor: String

    /// - Parameter jobs: names of jobs that are gone as a whole, which their runs are then told.
    /// - Returns: how many runs were cancelled.
    func cancel(
        assignments: [AssignmentName], jobs: [String], assets: [String], on connection: isolated Connection
    ) async throws -> Int {
        let gone = Set(jobs)
        var count = 0
        for (names, reason) in [
            (assignments.filter { gone.contains($0.job) }, "the job was removed"),
            (assignments.filter { !gone.contains($0.job) }, "the job is no longer for this client"),
        ] where !names.isEmpty {
            count += try await connection.query(
                Self.cancelOfAssignments, [names.map(\.job), names.map(\.client), reason, actor]
            ).affected
        }
        if !assets.isEmpty {
            count += try await connection.query(Self.cancelOfAssets, [assets, "the asset was removed", actor]).affected
        }
        return count
    }
}
