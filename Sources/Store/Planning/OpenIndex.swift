import Model
import Postgres
import Recurrence

/// Which of one assignment's runs that wait are open on which target. So much is known of all of them at once, and the rest
/// of those on some targets at a time.
struct OpenIndex: Sendable {
    /// Locked, and read before all others, for the reason that `OpenRuns` gives.
    static let lockReady = statement(
        """
        select s.run_id, s.asset_id, case s.lane when 'proactive' then s.due_at end as due
        from rota.ready s
        where s.assignment_id = $1
        order by s.run_id + 0
        for update
        """)

    static let lockHeld = statement(
        """
        select h.run_id, r.asset_id, case r.lane when 'proactive' then h.due_at end as due
        from rota.held h
        cross join lateral (
            select o.asset_id, o.lane from rota.run o where o.id = h.run_id and o.due_at = h.due_at offset 0
        ) r
        where h.assignment_id = $1
        order by h.run_id + 0
        for update of h
        """)

    private static func statement(_ runs: StaticString) -> Statement {
        Statement(
            """
            select coalesce(array_agg(o.run_id), '{}'), coalesce(array_agg(coalesce(o.asset_id, 0)), '{}'),
                coalesce(array_agg(distinct o.due) filter (where o.due is not null), '{}')
            from (\(runs)) o
            """)
    }

    fileprivate struct Entry: Sendable {
        /// 0 is the client as a whole.
        var target: Int64
        var run: Int64
        var isHeld: Bool
    }

    /// By target.
    private var waiting: [Entry] = []
    /// Those that somebody is at.
    private var going = OpenRuns()
    /// When the scheduled ones of all were due.
    private(set) var dues: Set<Instant> = []

    static func load(of assignment: WakingAssignment, on connection: isolated Connection) async throws -> OpenIndex {
        var index = OpenIndex()
        for (statement, isHeld) in [(lockReady, false), (lockHeld, true)] {
            let row = try await connection.query(statement, [assignment.id]).only()
            let (runs, targets): ([Int64], [Int64]) = (try row.get(0), try row.get(1))
            index.waiting += zip(targets, runs).map { Entry(target: $0, run: $1, isHeld: isHeld) }
            index.dues.formUnion(try row.get(2, as: [Instant].self))
        }
        index.waiting.sort { ($0.target, $0.run) < ($1.target, $1.run) }
        index.going = try await OpenRuns.loadGoing(of: [assignment], on: connection)
        index.dues.formUnion(try index.going.dues(of: assignment))
        return index
    }

    /// The targets in parts, each with its neighbours, and with no more targets and no more runs that wait than are planned at
    /// once; or one that has more alone. All numbers are in one of the parts: what is open on an asset that is no target any
    /// more is looked at with its neighbours.
    func parts(of targets: [Int64?], most: Int) -> [(range: TargetRange, targets: ArraySlice<Int64?>)] {
        var parts: [(range: TargetRange, targets: ArraySlice<Int64?>)] = []
        var (begin, from, size, seen) = (targets.startIndex, Int64.min, 0, waiting.startIndex)
        for place in targets.indices {
            let number = targets[place] ?? 0
            let known = seen
            while seen < waiting.endIndex, waiting[seen].target <= number { seen += 1 }
            let own = 1 + seen - known
            if place > begin, size + own > most {
                parts.append((TargetRange(from: from, through: number - 1), targets[begin..<place]))
                (begin, from, size) = (place, number, 0)
            }
            size += own
        }
        parts.append((TargetRange(from: from, through: .max), targets[begin...]))
        return parts
    }

    /// All that is known of the open runs on some of the targets.
    func runs(
        of assignment: WakingAssignment, _ range: TargetRange, on connection: isolated Connection
    ) async throws -> [OpenRun] {
        let first = waiting.partition { $0.target >= range.from }
        let end = waiting.partition { $0.target > range.through }
        let (ready, held) = (waiting[first..<end].filter { !$0.isHeld }, waiting[first..<end].filter(\.isHeld))
        let open = try await OpenRuns.load(ready: ready.map(\.run), held: held.map(\.run), on: connection)
        return try open.runs(of: assignment)
            + going.runs(of: assignment).filter { (range.from...range.through).contains($0.target ?? 0) }
    }
}

extension [OpenIndex.Entry] {
    /// The place of the first for which this holds, as it does for all after it.
    fileprivate func partition(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
