import Model
import Postgres
import Recurrence

/// What is kept of what an attempt printed.
public struct OutputRow: Sendable, Hashable {
    public var attempt: Int
    /// The beginning: all of it where `tail` is empty and nothing was left out.
    public var head: [UInt8]
    public var tail: [UInt8]
    /// Of the whole, in bytes.
    public var length: Int64
    /// Of the whole.
    public var sha256: [UInt8]

    /// How many bytes between head and tail were not kept.
    public var leftOut: Int64 { length - Int64(head.count + tail.count) }
}

/// What came of asking for a run's output.
public enum OutputResult: Sendable, Hashable {
    case output(OutputRow)
    /// The attempt was made, or the run is there, but nothing of its output was kept (yet).
    case nothingKept(RunState, attempts: Int)
    /// The run has only so many ended attempts.
    case noSuchAttempt(attempts: Int)
    case unknown
}

extension Store {
    static let selectOutput: Statement = """
        select a.number, o.head, o.tail, o.length, o.sha256
        from rota.attempt a join rota.output o on o.attempt_id = a.id and o.due_at = a.due_at
        where a.run_id = $1 and ($2::bigint is null or a.number = $2)
        order by a.id desc limit 1
        """

    static let countAttempts: Statement =
        "select coalesce(max(number), 0)::bigint from rota.attempt where run_id = $1"

    /// What a run printed: in its last attempt of which output was kept, or in the one of this number.
    public func output(of run: Int64, attempt: Int? = nil) async throws -> OutputResult {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            if let row = try await connection.query(Self.selectOutput, [run, attempt]).first {
                return .output(
                    OutputRow(
                        attempt: try row.get(0), head: try row.get(1), tail: try row.get(2), length: try row.get(3),
                        sha256: try row.get(4)))
            }
            guard let state = try await RunPlace.state(of: run, on: connection) else { return .unknown }
            let attempts: Int = try await connection.query(Self.countAttempts, [run]).only().get(0)
            if let attempt, attempt > attempts { return .noSuchAttempt(attempts: attempts) }
            return .nothingKept(state, attempts: attempts)
        }
    }
}
