import Postgres
import Recurrence

extension Store {
    /// As planning does it: the runs, each by a moment that the caller gives, and their rows in `ready`, with all that
    /// the schema holds of them checked.
    static let enqueueBench: Statement = """
        with m as materialized (
            select t.now, rota.turn(t.now, 50::smallint) as turn, rota.stream($3, 'reactive') as stream
            from (select rota.now() as now offset 0) t
        ), n as materialized (
            select nextval('rota.run_id') as run_id, due_at, (select m.now from m) as now
            from unnest($4::timestamptz[]) due_at
        ), made as (
            insert into rota.run (id, job_id, revision, client_id, lane, queue, priority, due_at, made_at, made_by)
            select n.run_id, $1, 1, $2, 'reactive', $3, 50, n.due_at, n.now, 'rota bench' from n
        ), placed as (
            insert into rota.ready (run_id, due_at, job_id, revision, client_id, queue, lane, priority, not_before, since,
                turn, is_due, stream)
            select n.run_id, n.due_at, $1, 1, $2, $3, 'reactive', 50, n.now, n.now, (select m.turn from m), true,
                (select m.stream from m)
            from n
        )
        select pg_notify('rota_ready', $3)
        """

    static let selectWalPosition: Statement = "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint"

    /// Makes runs that are ready at once, and wakes who waits for some.
    ///
    /// - Parameters:
    ///   - numbers: how many microseconds into the place's month each is due; no two may have the same.
    ///   - beforeCommit: called when all is written, just before it is committed.
    public func enqueue(
        _ numbers: Range<Int64>, in place: BenchPlace, beforeCommit: @Sendable () -> Void = {}
    ) async throws {
        try await pool.transaction { connection in
            _ = try await connection.query(
                Self.enqueueBench,
                [place.job, place.client, place.queue, numbers.map { place.first + .microseconds($0) }])
            beforeCommit()
        }
    }

    static let countBench: Statement = """
        select count(*) from rota.done
        where due_at >= $1::text::timestamptz and due_at < $1::text::timestamptz + interval '32 days'
            and state = 'succeeded'
        """

    /// How many runs of the place have succeeded.
    public func succeeded(in place: BenchPlace) async throws -> Int64 {
        try await pool.query(Self.countBench, [place.month]).only().get(0)
    }

    /// How many bytes the server has written to its log of changes (WAL) since it was made.
    public func walPosition() async throws -> Int64 {
        try await pool.query(Self.selectWalPosition, []).only().get(0)
    }
}
