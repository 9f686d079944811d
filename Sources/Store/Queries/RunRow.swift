import Model
import Postgres
import Recurrence

/// A run as lists show it: what it is, and where it stands.
public struct RunRow: Sendable, Hashable {
    public var run: Int64
    public var job: String
    public var client: String
    /// Nil is the client as a whole.
    public var asset: String?
    public var lane: Lane
    public var queue: String
    public var due: Instant
    /// After it the work is overdue; nil where nothing says so.
    public var dueBy: Instant?
    public var standing: Standing
    /// The attempts that were made, one that is going on included.
    public var attempts: Int
    /// When the attempt that goes on, or the last one, began.
    public var startedAt: Instant?
    public var finishedAt: Instant?
    /// Who has it, or had it last.
    public var worker: String?
    public var exitCode: Int32?
    /// What it waits behind, where it could be taken but for a limit.
    public var parking: Parking? = nil
    /// The last worker's word, where it put the run off and it is not to be tried yet; only where that was asked for.
    public var putOff: PutOff? = nil

    public var state: RunState { standing.state }
}

/// A limit that is reached, and the runs that are at work in its group.
public struct Parking: Sendable, Hashable {
    public var limit: RunLimit
    /// Ten of them at most.
    public var behind: [Int64]

    public init(limit: RunLimit, behind: [Int64]) {
        self.limit = limit
        self.behind = behind
    }

    /// Of a row with the columns of `RunRow`; nil where there is no such limit.
    fileprivate init?(_ row: Row) throws {
        guard let key: String = try row.get(23) else { return nil }
        limit = RunLimit(key: key, most: try row.get(24, as: Int32?.self).map(Int.init))
        behind = try row.get(25)
    }
}

extension RunRow {
    /// Where `rota.run r` stands.
    static let state = """
        case when h.run_id is not null then 'held' when q.run_id is not null then 'ready'
            when l.run_id is not null then 'leased' when w.run_id is not null then 'waiting' else d.state end
        """

    /// What a statement selects of `rota.run r` and `joins`, in the order in which it is read.
    static let columns = """
        r.id, j.name, c.name, t.name, r.lane, r.queue, r.due_at, r.due_by,
        \(state),
        coalesce(h.attempts + h.losses, q.attempts + q.losses, l.attempts + l.losses + 1, w.attempts + w.losses,
            d.attempts)::bigint,
        coalesce(l.leased_at, d.started_at), d.finished_at, k.name, d.exit_code,
        coalesce(h.since, q.since, l.leased_at, w.since, d.finished_at),
        h.hold, coalesce(h.why, d.reason), coalesce(h.look_at, w.look_at), q.not_before, q.start_by,
        l.cancel_at is not null, w.assignee, d.actor, g.key, g.most,
        array(select u.run_id from rota.limit_use u where u.group_id = q.parked order by u.run_id limit 10)
        """

    static let joins = """
        join rota.job j on j.id = r.job_id
        join rota.client c on c.id = r.client_id
        left join rota.asset t on t.id = r.asset_id
        left join rota.held h on h.run_id = r.id
        left join rota.ready q on q.run_id = r.id
        left join rota.limit_group g on g.id = q.parked
        left join rota.leased l on l.run_id = r.id
        left join rota.waiting w on w.run_id = r.id
        left join rota.done d on d.run_id = r.id and d.due_at = r.due_at
        left join rota.worker k on k.id = coalesce(l.worker_id, d.worker_id)
        """

    /// How many columns there are: what a statement selects besides comes after them.
    static let width = 26

    init(_ row: Row) throws {
        run = try row.get(0)
        job = try row.get(1)
        client = try row.get(2)
        asset = try row.get(3)
        lane = try row.get(4)
        queue = try row.get(5)
        due = try row.get(6)
        dueBy = try row.get(7)
        standing = try Standing(row)
        attempts = try row.get(9)
        startedAt = try row.get(10)
        finishedAt = try row.get(11)
        worker = try row.get(12)
        exitCode = try row.get(13)
        parking = try Parking(row)
    }
}

extension Standing {
    /// Of a row with the columns of `RunRow`.
    fileprivate init(_ row: Row) throws {
        let since: Instant = try row.get(14)
        switch try row.get(8, as: RunState.self) {
        case .held:
            self = .held(try row.get(15), why: try row.get(16), since: since, lookAt: try row.get(17))
        case .ready:
            self = .ready(since: since, notBefore: try row.get(18), startBy: try row.get(19))
        case .leased:
            self = .leased(worker: try row.get(12), since: since, cancelAsked: try row.get(20))
        case .waiting:
            self = .waiting(assignee: try row.get(21), since: since, repeatAt: try row.get(17))
        case let state:
            self = .done(state, at: since, reason: try row.get(16), actor: try row.get(22))
        }
    }
}
