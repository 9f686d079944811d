import Model
import Postgres
import Recurrence

/// A run that is to be made, with the number that it has got.
struct NewRun: Sendable {
    var number: Int64
    var run: PlannedRun
    /// The numbers of the groups in which it counts, as PostgreSQL writes an array; nil where there are none.
    var limits: String?
}

/// What all runs of one occurrence have alike.
struct RunOrigin: Sendable {
    var assignment: Int64
    var job: Int64
    var revision: Int32
    var client: Int64
    var queue: String
    var priority: Int16
    var due: Instant
    var dueBy: Instant?

    init(_ occurrence: PlannedOccurrence, of assignment: WakingAssignment, _ job: Job) {
        self.assignment = assignment.id
        self.job = assignment.jobID
        revision = assignment.revision
        client = assignment.clientID
        queue = job.queue
        priority = Int16(job.priority)
        due = occurrence.due
        dueBy = occurrence.dueBy
    }
}

/// New runs that begin in one place: one array a column, as `unnest` takes them. A run is written with its place in one
/// statement, which is given what it needs once.
struct NewRuns: Sendable {
    /// The parameters after the first, which is the moment.
    private static let arrays = """
        $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[], $6::bigint[], $7::bigint[], $8::text[], $9::smallint[],
        $10::timestamptz[], $11::timestamptz[], $12::text[], $13::smallint[]
        """
    private static let columns =
        "run_id, assignment_id, job_id, revision, client_id, asset_id, queue, priority, due_at, due_by, limits, ring"

    /// A statement that makes the runs, and puts them into their place from `n`.
    /// - Parameters: both are words of the program's own; no value is ever put into a statement's text.
    static func statement(placeArrays: StaticString, placeColumns: StaticString, insert: StaticString) -> Statement {
        Statement(
            """
            with n as materialized (
                select * from unnest(\(arrays), \(placeArrays)) as n (\(columns), \(placeColumns))
            ), made as (
                insert into rota.run (id, assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority,
                    due_at, due_by, made_at, limits, ring)
                select n.run_id, n.assignment_id, n.job_id, n.revision, n.client_id, n.asset_id, 'proactive', n.queue,
                    n.priority, n.due_at, n.due_by, $1, n.limits::bigint[], n.ring
                from n
            )\(insert)
            """)
    }

    private var runs: [Int64] = []
    private var assignments: [Int64] = []
    private var jobs: [Int64] = []
    private var revisions: [Int32] = []
    private var clients: [Int64] = []
    private var targets: [Int64?] = []
    private var queues: [String] = []
    private var priorities: [Int16] = []
    private var dues: [Instant] = []
    private var dueBys: [Instant?] = []
    private var limits: [String?] = []
    private var rings: [Int16?] = []

    var isEmpty: Bool { runs.isEmpty }

    mutating func add(_ new: NewRun, of origin: RunOrigin) {
        runs.append(new.number)
        assignments.append(origin.assignment)
        jobs.append(origin.job)
        revisions.append(origin.revision)
        clients.append(origin.client)
        targets.append(new.run.target)
        queues.append(origin.queue)
        priorities.append(origin.priority)
        dues.append(origin.due)
        dueBys.append(origin.dueBy)
        limits.append(new.limits)
        rings.append(new.run.ring.map(Int16.init))
    }

    func parameters(now: Instant) -> [any PostgresValue] {
        [now, runs, assignments, jobs, revisions, clients, targets, queues, priorities, dues, dueBys, limits, rings]
    }
}
