import Model
import Postgres
import Recurrence

/// An attempt that has ended in a worker's hands, and what follows.
public struct EndedAttempt: Sendable {
    public var attempt: Int64
    public var run: Int64
    public var due: Instant
    public var end: Conclusion

    public init(attempt: Int64, run: Int64, due: Instant, end: Conclusion) {
        self.attempt = attempt
        self.run = run
        self.due = due
        self.end = end
    }

    public init(_ lease: Lease, _ end: Conclusion) {
        self.init(attempt: lease.attempt, run: lease.run, due: lease.due, end: end)
    }
}

/// The ends of attempts as `rota.finish` takes them: an array a column.
struct EndedColumns: Sendable {
    private(set) var attempts: [Int64] = []
    private var runs: [Int64] = []
    private var dues: [Instant] = []
    private var ends: [String] = []
    private var nexts: [String] = []
    private var agains: [PostgresInterval?] = []
    private var exitCodes: [Int32?] = []
    private var messages: [String?] = []
    private var results: [String?] = []
    private var findings: [String?] = []
    private var heads: [[UInt8]?] = []
    private var tails: [[UInt8]?] = []
    private var lengths: [Int64?] = []
    private var sums: [[UInt8]?] = []

    init(_ ended: [EndedAttempt]) throws {
        for attempt in ended {
            attempts.append(attempt.attempt)
            runs.append(attempt.run)
            dues.append(attempt.due)
            switch attempt.end {
            case .finished(let outcome, let verdict): try append(outcome, verdict)
            case .released: appendReleased()
            }
        }
    }

    private mutating func append(_ outcome: Outcome, _ verdict: Verdict) throws {
        ends.append(outcome.ended.rawValue)
        nexts.append(verdict.nextState.rawValue)
        agains.append(verdict.again.map(PostgresInterval.init))
        exitCodes.append(outcome.exitCode.map(Int32.init))
        messages.append(outcome.message)
        results.append(outcome.result)
        findings.append(try outcome.findings.map { try JSON(encoding: $0).text })
        heads.append(outcome.output?.head)
        tails.append(outcome.output?.tail)
        lengths.append(outcome.output?.length)
        sums.append(outcome.output?.sha256)
    }

    private mutating func appendReleased() {
        ends.append(AttemptEnd.released.rawValue)
        nexts.append(RunState.ready.rawValue)
        agains.append(nil)
        exitCodes.append(nil)
        messages.append(nil)
        results.append(nil)
        findings.append(nil)
        heads.append(nil)
        tails.append(nil)
        lengths.append(nil)
        sums.append(nil)
    }

    func parameters(worker: Int64) -> [any PostgresValue] {
        [
            worker, attempts, runs, dues, ends, nexts, Self.known(agains), Self.known(exitCodes),
            Self.known(messages), Self.known(results), Self.known(findings), Self.known(heads), Self.known(tails),
            Self.known(lengths), Self.known(sums),
        ]
    }

    /// Nothing at all rather than an array of nothing: most attempts say little.
    private static func known<T: PostgresValue>(_ values: [T?]) -> [T?]? {
        values.contains { $0 != nil } ? values : nil
    }
}
