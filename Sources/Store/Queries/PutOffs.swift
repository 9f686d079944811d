import Model
import Postgres
import Recurrence

/// A worker's last word on a run that it had and put off: something that the run requires was missing, or its target was
/// not there.
public struct PutOff: Sendable, Hashable {
    public var worker: String
    public var at: Instant
    /// Nil where a guard refused.
    public var exitCode: Int32?
    public var message: String

    public init(worker: String, at: Instant, exitCode: Int32? = nil, message: String) {
        self.worker = worker
        self.at = at
        self.exitCode = exitCode
        self.message = message
    }

    /// The last attempt's, where that is what it was.
    public init?(_ attempts: [AttemptRow]) {
        guard let last = attempts.last, last.end == .released, let message = last.message else { return nil }
        self.init(worker: last.worker, at: last.endedAt, exitCode: last.exitCode, message: message)
    }
}

extension Standing {
    /// Whether a run that stands here waits to be tried again, or for its window: then what a worker said of it tells why.
    fileprivate func mayBePutOff(now: Instant) -> Bool {
        switch self {
        case .ready(_, let notBefore, _): notBefore > now
        case .held(let hold, _, _, _): hold == .window || hold == .frozen
        case .leased, .waiting, .done: false
        }
    }
}

extension Store {
    static let selectPutOffs: Statement = """
        select n.run_id, k.name, l.ended_at, l.exit_code, l.message
        from unnest($1::bigint[]) n (run_id)
        cross join lateral (
            select e.worker_id, e.ended_at, e.ended_as, e.exit_code, e.message
            from rota.earlier_attempt e where e.run_id = n.run_id order by e.id desc limit 1
        ) l
        join rota.worker k on k.id = l.worker_id
        where l.ended_as = 'released' and l.message is not null
        """

    /// The same rows, those of runs that were put off with what their last worker said.
    ///
    /// - Parameter now: the database's time; a run that may be taken by now is put off no more.
    public func withPutOffs(_ rows: [RunRow], now: Instant) async throws -> [RunRow] {
        let putOffs = try await putOffs(of: rows.filter { $0.standing.mayBePutOff(now: now) }.map(\.run))
        guard !putOffs.isEmpty else { return rows }
        return rows.map { row in
            var row = row
            row.putOff = putOffs[row.run]
            return row
        }
    }

    private func putOffs(of runs: [Int64]) async throws -> [Int64: PutOff] {
        guard !runs.isEmpty else { return [:] }
        var found: [Int64: PutOff] = [:]
        for row in try await pool.query(Self.selectPutOffs, [runs]) {
            found[try row.get(0)] = try PutOff(
                worker: row.get(1), at: row.get(2), exitCode: row.get(3), message: row.get(4))
        }
        return found
    }
}
