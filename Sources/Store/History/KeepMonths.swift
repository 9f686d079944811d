import Postgres
import Recurrence

/// The months of history that were made and dropped, each by its first day.
public struct KeptMonths: Sendable, Equatable {
    public var made: [String] = []
    public var dropped: [String] = []

    public init() {}
}

extension Store {
    static let selectMissingMonths: Statement = """
        select m.month::text
        from (
            select (date_trunc('month', rota.now() at time zone 'UTC') + n * interval '1 month')::date as month
            from generate_series(0, $1) n
        ) m
        where to_regclass('rota.' || rota.month_name('run', m.month)) is null
        order by m.month
        """

    static let selectSpentMonths: Statement = """
        select month::text from rota.months() month
        where (month + interval '1 month') at time zone 'UTC' <= rota.now() - $1::interval
        """

    /// Partitions are made and dropped under locks that stand in everybody's way: rather than to wait for them, and have
    /// others wait behind, it is tried again another time.
    static let waitBriefly: Statement = "select set_config('lock_timeout', '500ms', true)"

    static let makeMonth: Statement = "select rota.make_month($1::text::date)"
    static let dropMonth: Statement = "select rota.drop_month($1::text::date)"

    /// Makes the partitions of this month and of those that follow, and drops those of months that have been over for
    /// longer than history is kept. A month of which a run is still open stays.
    ///
    /// - Parameter ahead: how many months after this one.
    /// - Parameter history: how long what was due is kept after its month.
    public func keepMonths(ahead: Int, history: Duration) async throws -> KeptMonths {
        var kept = KeptMonths()
        for row in try await pool.query(Self.selectMissingMonths, [Int32(ahead)]) {
            let month: String = try row.get(0)
            if try await change(month, Self.makeMonth) { kept.made.append(month) }
        }
        for row in try await pool.query(Self.selectSpentMonths, [PostgresInterval(history)]) {
            let month: String = try row.get(0)
            if try await change(month, Self.dropMonth) { kept.dropped.append(month) }
        }
        return kept
    }

    /// Each month by itself: what is locked for one is free again before the next.
    private func change(_ month: String, _ statement: Statement) async throws -> Bool {
        try await pool.transaction { connection in
            _ = try await connection.query(Self.waitBriefly)
            return try await connection.query(statement, [month]).only().get(0)
        }
    }
}
