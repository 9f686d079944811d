import Postgres
import Recurrence

/// The months of which there are partitions.
public struct MonthHealth: Sendable, Hashable {
    /// The first days of the months that there are, the oldest first: `2026-02-01`.
    public var months: [String]
    /// The first day of this month.
    public var current: String
    /// How many months after this one there are, without a gap.
    public var ahead: Int64
    /// Months that are over for longer than history is kept, by more than two days.
    public var spent: [String]
    /// Rows of what was due before now in default partitions; 1,000 at most of each table.
    public var strays: Int64

    public init(months: [String], current: String, ahead: Int64, spent: [String], strays: Int64) {
        self.months = months
        self.current = current
        self.ahead = ahead
        self.spent = spent
        self.strays = strays
    }
}

extension Store {
    static let selectMonths: Statement = """
        with months as materialized (
            select m.month from rota.months() m (month)
        ), this as (
            select date_trunc('month', rota.now() at time zone 'UTC')::date as month
        )
        select array(select m.month::text from months m order by m.month), (select t.month::text from this t),
            (
                select count(*) from (
                    select m.month, t.month + row_number() over (order by m.month) * interval '1 month' as expected
                    from months m cross join this t where m.month > t.month
                ) f where f.month = f.expected
            ),
            array(
                select m.month::text from months m
                where (m.month + interval '1 month') at time zone 'UTC' + $1::interval + interval '2 days' < rota.now()
                order by m.month),
            (
                select count(*) from (
                    (select due_at from rota.occurrence_default where due_at < rota.now() limit 1000)
                    union all (select due_at from rota.run_default where due_at < rota.now() limit 1000)
                    union all (select due_at from rota.done_default where due_at < rota.now() limit 1000)
                    union all (select due_at from rota.earlier_attempt_default where due_at < rota.now() limit 1000)
                    union all (select due_at from rota.output_default where due_at < rota.now() limit 1000)
                    union all (select due_at from rota.evidence_default where due_at < rota.now() limit 1000)
                ) d
            )
        """

    /// - Parameter history: how long what was due is kept after its month.
    public func monthHealth(history: Duration) async throws -> MonthHealth {
        let row = try await pool.query(Self.selectMonths, [PostgresInterval(history)]).only()
        return MonthHealth(
            months: try row.get(0), current: try row.get(1), ahead: try row.get(2), spent: try row.get(3),
            strays: try row.get(4))
    }
}
