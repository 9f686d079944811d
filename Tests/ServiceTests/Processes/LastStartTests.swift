import FaultRig
import Glibc
import Postgres
import Recurrence
import Testing

@Suite struct LastStartTests {
    @Test func `a worker does not start what it held past its last start, and hands it back`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            try await scene.add(scene.job("job"))
            let run = try await scene.request("job")
            // The lease is granted in time, and its answer arrives when it is too late.
            try await scene.pool.withConnection { connection in
                try await connection.execute(
                    """
                    create function test_dawdle() returns trigger language plpgsql as $$
                    begin
                        if new.start_bys[1] is not null then
                            perform pg_sleep(extract(epoch from new.start_bys[1] - clock_timestamp()) + 0.05);
                        end if;
                        return new;
                    end $$;
                    create trigger dawdle before insert on rota.lease for each row execute function test_dawdle();
                    with gone as (delete from rota.held returning run_id)
                    insert into rota.ready
                    select f.*
                    from gone g
                    join rota.run r on r.id = g.run_id
                    cross join lateral rota.as_ready(r, clock_timestamp(), r.due_at,
                        clock_timestamp() + interval '3 s', 0::smallint, 0::smallint) f;
                    """)
            }
            let worker = try await scene.startWorker(lease: "30s")
            try await worker.says("handed back")
            #expect(try await scene.pool.attempts(of: run) == ["released"])
            #expect(try scene.work.text() == "")
            let state = try #require(try await scene.pool.standings().first { $0.run == run })
            #expect(state.state == "ready")
            // Too late for every worker: only a scheduler can find it another opening.
            worker.send(SIGTERM)
            #expect(try await worker.end() == .exited(0))
            #expect(try await scene.pool.attempts(of: run) == ["released"])
        }
    }
}
