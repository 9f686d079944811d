import Model
import Postgres
import Recurrence
import Store
import StoreTestSupport
import Testing

@testable import Reports

/// Each thing that can be wrong with what the schema holds is broken, and told.
struct ExaminationTests {
    @Test func `nothing is wrong where nothing is broken`() async throws {
        try await Ward.with { ward in
            _ = try await ward.request()
            try await ward.work()
            #expect(try await ward.complaints() == [])
            #expect(try await ward.complaints(isDeep: true) == [])
        }
    }

    @Test func `work that nobody takes is told, with who was there last`() async throws {
        try await Ward.with { ward in
            _ = try await ward.request()
            #expect(try await ward.complaints() == [])
            try await ward.database.advance(by: .seconds(60))
            #expect(
                try await ward.complaints() == [
                    "fail schedulers: none is at work; the last was seen at 2026-02-15T12:00:00Z: nothing is planned, "
                        + "and no lost lease is ended",
                    "warn workers: none is alive: nothing that is ready is done",
                    "fail queues: queue default has 1 run for harbour, waiting for 1m, and no worker; the last worker "
                        + "for it was seen at 2026-02-15T12:00:00Z",
                ])
        }
    }

    @Test func `a worker that was told to take no more serves no queue`() async throws {
        try await Ward.with { ward in
            _ = try await ward.request()
            _ = try await ward.store.drain(worker: "w", reason: nil, actor: "ann")
            let complaints = try await ward.complaints()
            #expect(complaints.count == 1)
            #expect(complaints[0].hasPrefix("fail queues: queue default has 1 run for harbour"))
        }
    }

    @Test func `leases that nobody ended, and assignments that nobody looked at, are told`() async throws {
        try await Ward.with { ward in
            _ = try await ward.request()
            _ = try await ward.store.lease(worker: ward.worker, most: 10)
            try await ward.database.execute("update rota.assignment set wake_at = rota.now()")
            try await ward.database.advance(by: .seconds(200))
            let complaints = try await ward.complaints()
            #expect(
                complaints.contains(
                    "fail leases: 1 run with a lease that ran out, the first at 2026-02-15T12:00:30Z"))
            #expect(
                complaints.contains(
                    "fail planning: 1 assignment should have been planned, the first at 2026-02-15T12:00:00Z"))
            #expect(complaints.contains { $0.hasPrefix("warn workers: w on h is silent since") })
        }
    }

    @Test func `an assignment in trouble is told with its trouble`() async throws {
        try await Ward.with { ward in
            try await ward.database.execute("update rota.assignment set trouble = 'unknown window nights'")
            #expect(
                try await ward.complaints() == [
                    "fail trouble: 1 assignment cannot be planned; job patch for harbour: unknown window nights"
                ])
        }
    }

    @Test(arguments: [
        "update rota.act set reason = 'none' where id = 2", "delete from rota.act where id = 2",
        "update rota.act set hash = sha256('x'), actor = 'bob' where id = 2",
    ])
    func `acts that were changed by hand are told`(script: String) async throws {
        try await Ward.with { ward in
            for name in ["one", "two", "three"] {
                _ = try await ward.database.pool.query(
                    "select rota.record_act('ann', 'pause', $1, 'flood', null)", ["job/\(name)"])
            }
            #expect(try await ward.complaints() == [])
            try await ward.database.execute("alter table rota.act disable trigger user; \(script)")
            let complaints = try await ward.complaints()
            #expect(complaints.count == 1)
            #expect(complaints[0].hasPrefix("fail acts: the chain is broken at"))
        }
    }

    @Test func `outputs and evidence that were changed by hand are told`() async throws {
        try await Ward.with { ward in
            let run = try await ward.request()
            try await ward.work()
            let attempt: Int64 = try await ward.database.pool.query(
                "select attempt_id from rota.done where run_id = $1", [run]
            ).only().get(0)
            _ = try await ward.database.pool.query(
                """
                insert into rota.evidence (run_id, due_at, name, content, sha256, actor, added_at)
                select run_id, due_at, 'photo', 'x', sha256('x'), 'ann', rota.now() from rota.done where run_id = $1
                """, [run])
            #expect(try await ward.complaints() == [])
            // As who can write into the files, past the check.
            try await ward.database.execute(
                """
                update rota.output set head = 'gone' || substr(head, 5);
                do $$
                declare
                    part record;
                begin
                    for part in
                        select conrelid::regclass as name, conname from pg_constraint
                        where contype = 'c' and conname = 'evidence_check' and coninhcount = 0
                            and conrelid::regclass::text like 'rota.evidence%'
                    loop
                        execute format('alter table %s drop constraint %I', part.name, part.conname);
                    end loop;
                end $$;
                update rota.evidence set content = 'y'
                """)
            #expect(
                try await ward.complaints() == [
                    "fail outputs: 1 output not as before, the first of attempt \(attempt)",
                    "fail evidence: 1 file not as before, the first of run \(run)",
                ])
        }
    }

    @Test func `months that nobody made, and that nobody dropped, are told`() async throws {
        try await Ward.with { ward in
            for month in ["2026-03-01", "2026-04-01", "2026-05-01"] {
                _ = try await ward.database.pool.query("select rota.drop_month($1::text::date)", [month])
            }
            let complaints = try await ward.complaints()
            #expect(complaints.contains { $0.hasPrefix("fail months:") && $0.contains(" 0 after this one") })
            try await ward.database.execute("select rota.make_month('2026-03-01')")
            #expect(try await ward.complaints().contains { $0.hasPrefix("warn months:") })
            // 400 days after the end of January 2026, and two more.
            try await ward.database.setClock("2027-03-10T00:00:01Z")
            #expect(
                try await ward.complaints().contains {
                    $0.hasPrefix("warn months: 2026-01-01 should have been dropped")
                })
        }
    }

    @Test func `what was due before now and lies in a default partition is told`() async throws {
        try await Ward.with { ward in
            try await ward.database.execute(
                """
                insert into rota.run (job_id, revision, client_id, lane, queue, priority, due_at, made_at, made_by)
                values (1, 1, 1, 'reactive', 'default', 50, '2025-06-01Z', rota.now(), 'ann')
                """)
            #expect(
                try await ward.complaints() == ["warn months: 1 row of the past in the default partitions"])
        }
    }

    @Test func `a snapshot that is held is told with its holder`() async throws {
        try await Ward.with { ward in
            let holder = try await ward.database.database.connect()
            try await holder.execute("set application_name = 'report'; begin; select txid_current()")
            // By the server's clock it began just now, and by the one that stands, months ago or ahead: both are told.
            try await ward.database.execute("update rota.test_clock set at = clock_timestamp() + interval '2 hours'")
            let process = await holder.serverProcess
            #expect(
                try await ward.complaints().contains {
                    $0.hasPrefix("fail snapshots: session \(process) (postgres, report, idle in transaction) holds")
                })
            await holder.close()
        }
    }

    @Test func `a zone of a client that this machine does not know is told`() async throws {
        try await Ward.with { ward in
            try await ward.database.execute(
                "update rota.client set definition = jsonb_set(definition, '{timezone}', '\"Mars/Base\"')")
            #expect(
                try await ward.complaints() == [
                    "fail timeZones: 1 zone of clients cannot be read: unknown time zone 'Mars/Base' (client harbour)"
                ])
        }
    }

    @Test func `a table that is left out of autovacuum, and one full of dead rows, is told`() async throws {
        try await Ward.with { ward in
            try await ward.database.execute("alter table rota.pause set (autovacuum_enabled = false)")
            #expect(try await ward.complaints() == ["warn autovacuum: it is off for pause"])
            try await ward.database.pool.withConnection { connection in
                try await connection.execute(
                    """
                    insert into rota.pause (job_id, reason, actor, since, resumed_at, resumed_by)
                    select 1, 'x', 'ann', rota.now(), rota.now(), 'ann' from generate_series(1, 20);
                    delete from rota.pause;
                    """)
                _ = try await connection.query("select pg_stat_force_next_flush()")
            }
            let check = Check.deadRows(try await ward.store.tableHealth(), limit: 10)
            #expect(check.result == .warn)
            #expect(check.seen == "pause has 20, beside 0 rows, never vacuumed")
        }
    }

    @Test func `a clock that is off is told`() async throws {
        try await Ward.with { ward in
            let now = try await ward.store.now()
            let examination = Examination(store: ward.store, libpq: 150_018, isDeep: false) { now + .seconds(5) }
            let checks = try await examination.schema().filter { $0.name == "clock" }
            #expect(checks.map(\.result) == [.warn])
            #expect(checks.map(\.seen) == ["this machine's is 5000 ms ahead of the database's"])
        }
    }
}
