import Model
import Postgres

/// Whether an attempt's end was taken.
public enum FinishResult: Sendable, Equatable {
    case recorded
    /// The attempt was ended by others meanwhile: nothing was changed, and its result counts for nothing.
    case leaseLost
}

extension Store {
    static let finishStatement: Statement =
        "select rota.finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"

    /// Ends an attempt, with what follows for its run. To ask again with the same attempt is harmless.
    public func finish(
        worker: Int64, attempt: Int64, outcome: Outcome, verdict: Verdict
    ) async throws -> FinishResult {
        let findings = try outcome.findings.map { try JSON(encoding: $0) }
        let recorded: Bool = try await pool.query(
            Self.finishStatement,
            [
                worker, attempt, outcome.ended, verdict.nextState, verdict.again.map(PostgresInterval.init),
                outcome.exitCode.map(Int32.init), outcome.message, outcome.result.map { JSON($0) }, findings,
                outcome.output?.head, outcome.output?.tail, outcome.output?.length, outcome.output?.sha256,
            ]
        ).only().get(0)
        return recorded ? .recorded : .leaseLost
    }
}
