import Model
import Postgres
import Recurrence

/// An attempt that has ended.
public struct AttemptRow: Sendable, Hashable {
    /// Counted from 1, lost ones included. One that was handed back unused has the number of the one that followed.
    public var number: Int
    public var worker: String
    public var leasedAt: Instant
    public var endedAt: Instant
    public var end: AttemptEnd
    public var exitCode: Int32?
    public var message: String?
    /// The whole length of what it printed, in bytes; nil where nothing was kept.
    public var outputLength: Int64?
}

/// All that is known of one run, but for its output.
public struct RunDetail: Sendable, Hashable {
    public var row: RunRow
    /// The job's revision with which it was planned.
    public var revision: Int32
    public var madeAt: Instant
    /// Who asked for it; nil where the schedule did.
    public var madeBy: String?
    /// The run of which this does the work once more.
    public var retryOf: Int64?
    /// The local time that the rule named, and in which zone; nil for what somebody asked for.
    public var localTime: String?
    public var zone: String?
    public var attempts: [AttemptRow]
    /// The names of the files that show that a task was done.
    public var evidence: [String]
    /// What a person has to do, while the run waits for it.
    public var checklist: [String]
}

extension Store {
    static let selectRun = Statement(
        """
        select \(RunRow.columns), r.revision, r.made_at, r.made_by, r.retry_of, o.local_time, o.zone,
            array(select e.name from rota.evidence e where e.run_id = r.id and e.due_at = r.due_at order by e.id),
            array(select jsonb_array_elements_text(w.checklist))
        from rota.run r
        \(RunRow.joins)
        left join rota.occurrence o
            on r.lane = 'proactive' and o.assignment_id = r.assignment_id and o.due_at = r.due_at
        where r.id = $1
        """)

    static let selectAttempts: Statement = """
        select a.number, k.name, a.leased_at, a.ended_at, a.ended_as, a.exit_code, a.message, o.length
        from rota.attempt a
        join rota.worker k on k.id = a.worker_id
        left join rota.output o on o.attempt_id = a.id and o.due_at = a.due_at
        where a.run_id = $1
        order by a.id
        """

    /// One run; nil where there is none of this number.
    public func run(_ run: Int64) async throws -> RunDetail? {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            guard let row = try await connection.query(Self.selectRun, [run]).atMostOne() else { return nil }
            let attempts = try await connection.query(Self.selectAttempts, [run]).map { try AttemptRow($0) }
            return try RunDetail(row, attempts: attempts)
        }
    }
}

extension AttemptRow {
    fileprivate init(_ row: Row) throws {
        number = try row.get(0)
        worker = try row.get(1)
        leasedAt = try row.get(2)
        endedAt = try row.get(3)
        end = try row.get(4)
        exitCode = try row.get(5)
        message = try row.get(6)
        outputLength = try row.get(7)
    }
}

extension RunDetail {
    fileprivate init(_ row: Row, attempts: [AttemptRow]) throws {
        self.row = try RunRow(row)
        revision = try row.get(RunRow.width)
        madeAt = try row.get(RunRow.width + 1)
        madeBy = try row.get(RunRow.width + 2)
        retryOf = try row.get(RunRow.width + 3)
        localTime = try row.get(RunRow.width + 4)
        zone = try row.get(RunRow.width + 5)
        evidence = try row.get(RunRow.width + 6)
        checklist = try row.get(RunRow.width + 7)
        self.attempts = attempts
    }
}
