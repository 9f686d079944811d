import Model
import Postgres

/// A file that shows that a person's task was done.
public struct Evidence: Sendable, Equatable {
    public static let largest = 16 * 1_048_576

    public var name: String
    /// At most 16 MiB.
    public var content: [UInt8]

    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }
}

/// What became of the word that a task is done.
public enum CompleteResult: Sendable, Equatable {
    case completed
    /// The task's manifest says `evidence: required`, and there is none.
    case evidenceRequired
    case notWaiting(RunState)
    case unknown
}

extension Store {
    static let selectWaiting: Statement = """
        select v.definition, r.assignment_id
        from (
            select run_id, due_at from rota.waiting where run_id = $1
            union all
            select run_id, due_at from rota.held where run_id = $1 and hold = 'unknown'
        ) w
        join rota.run r on r.id = w.run_id and r.due_at = w.due_at
        join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
        """

    static let insertEvidence: Statement = """
        insert into rota.evidence (run_id, due_at, name, content, sha256, actor, added_at)
        select r.id, r.due_at, $2, $3, sha256($3), $4, rota.now() from rota.run r where r.id = $1
        """

    static let complete: Statement = """
        with waited as (
            delete from rota.waiting where run_id = $1 returning run_id, due_at, assignment_id, since
        ), unheld as (
            delete from rota.held where run_id = $1 and hold = 'unknown' returning run_id, due_at, assignment_id, since
        )
        insert into rota.done
            (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, reason, actor)
        select g.run_id, g.due_at, g.assignment_id, 'succeeded', rota.now(), g.since,
            (select count(*) from rota.attempt a where a.run_id = g.run_id and a.due_at = g.due_at)::smallint, $2, $3
        from (select * from waited union all select * from unheld) g
        """

    /// A person's task is done, a reminder acknowledged, or what nobody knew the end of is known to be done.
    public func complete(
        run: Int64, note: String, evidence: [Evidence], actor: String
    ) async throws -> CompleteResult {
        try await pool.transaction { connection in
            guard let row = try await connection.query(Self.selectWaiting, [run]).first else {
                let state = try await RunPlace.state(of: run, on: connection)
                return state.map { .notWaiting($0) } ?? .unknown
            }
            let job: Job = try row.get(0, as: JSON.self).decoded()
            if case .task(let task) = job.action, task.evidence == .required, evidence.isEmpty {
                return .evidenceRequired
            }
            guard try await connection.query(Self.complete, [run, note, actor]).affected > 0 else {
                // Somebody else was quicker.
                return try await RunPlace.state(of: run, on: connection).map { .notWaiting($0) } ?? .unknown
            }
            for file in evidence {
                _ = try await connection.query(Self.insertEvidence, [run, file.name, file.content, actor])
            }
            let files = try JSON(encoding: evidence.map(\.name))
            try await Act(actor: actor, verb: "complete", subject: "run/\(run)", reason: note, detail: files)
                .record(on: connection)
            return .completed
        }
    }
}
