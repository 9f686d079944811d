import FaultRig
import Postgres
import Recurrence
import Store
import Testing

@Suite struct LeaseWhilePlanningTests {
    @Test func `a run that is made while a worker is asking is handed to it, or not leased at all`() async throws {
        try await Planning.with { planning in
            try await Watch.prepare(planning.database.pool)
            try await planning.add(Jobs.command(every: 60))
            let worker = try await planning.worker()
            try await Self.letLeaseWait(planning)
            let keeper = try await planning.database.database.connect()
            try await keeper.execute("begin; lock table rota.test_turn")

            async let leases = planning.lease(worker)
            try await Self.untilOneWaits(planning)
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            try await keeper.execute("commit")
            await keeper.close()

            let taken = try await leases
            let leased: Int64 = try await planning.database.pool.value("select count(*) from rota.leased")
            #expect(taken.count == 1)
            #expect(Int(leased) == taken.count)
        }
    }

    /// Puts a wait between the beginning of a worker's statement and the look at what is ready.
    private static func letLeaseWait(_ planning: Planning) async throws {
        try await planning.database.pool.withConnection { connection in
            try await connection.execute(
                """
                create table rota.test_turn ();
                do $do$
                declare
                    own record;
                begin
                    select pg_get_function_arguments(p.oid) as takes, pg_get_function_result(p.oid) as gives,
                        (select string_agg('$' || n, ', ') from generate_series(1, p.pronargs) n) as given
                    into strict own
                    from pg_proc p where p.oid = 'rota.lease'::regproc;
                    alter function rota.lease rename to lease_itself;
                    execute format(
                        $sql$
                        create function rota.lease(%s) returns %s language plpgsql as $body$
                        #variable_conflict use_column
                        begin
                            lock table rota.test_turn;
                            return query select * from rota.lease_itself(%s);
                        end $body$
                        $sql$, own.takes, own.gives, own.given);
                end $do$;
                """)
        }
    }

    /// Waits until somebody waits for that lock.
    private static func untilOneWaits(_ planning: Planning) async throws {
        let isWaiting: Statement = """
            select exists (select from pg_locks where relation = 'rota.test_turn'::regclass and not granted)
            """
        try await within(.seconds(60), "a worker that asks") {
            while try await !planning.database.pool.value(isWaiting, as: Bool.self) {
                try Task.checkCancellation()
            }
        }
    }
}
