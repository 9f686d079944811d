import Model
import Postgres

enum RunPlace {
    static let select: Statement = """
        select case
            when exists (select from rota.held where run_id = $1) then 'held'
            when exists (select from rota.ready where run_id = $1) then 'ready'
            when exists (select from rota.leased where run_id = $1) then 'leased'
            when exists (select from rota.waiting where run_id = $1) then 'waiting'
            else (select state from rota.done where run_id = $1)
        end
        """

    /// Where the run stands; nil where there is no such run.
    static func state(of run: Int64, on connection: isolated Connection) async throws -> RunState? {
        try await connection.query(select, [run]).only().get(0)
    }
}
