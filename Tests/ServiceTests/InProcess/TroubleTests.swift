import Model
import Postgres
import Recurrence
import Store
import Testing

/// One assignment that cannot be planned, between others that can.
@Suite struct TroubleTests {
    @Test func `a zone that has gone stops nobody else, is told, and is tried again`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.estate.add(Client(name: "lost", timezone: "Nowhere/Gone"))
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z")
            #expect(pass.troubles.map(\.job) == ["job-1"])
            #expect(pass.troubles.map(\.client) == ["lost"])
            #expect(try await planned(planning) == ["job-0", "job-2"])
            let trouble: String? = try await planning.database.pool.value(
                "select trouble from rota.assignment where trouble is not null")
            #expect(trouble?.contains("Nowhere/Gone") == true, "\(trouble ?? "")")

            #expect(try await planning.plan(at: "2026-03-02T00:01:59Z").troubles.isEmpty)
            try await planning.estate.add(Client(name: "lost", timezone: "UTC"))
            #expect(try await planning.plan(at: "2026-03-02T00:02:00Z").troubles.isEmpty)
            // What fell due meanwhile is there as well.
            #expect(
                try await planning.database.pool.standings().filter { $0.job == "job-1" }.map(\.state)
                    == ["missed", "ready"])
            let left: Int64 = try await planning.database.pool.value(
                "select count(*) from rota.assignment where trouble is not null")
            #expect(left == 0)
        }
    }

    @Test func `a window that is not there stops nobody else`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.estate.revise(Jobs.command("job-1", cron: "* * * * *", window: "gone"))
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z")
            #expect(pass.troubles.map(\.job) == ["job-1"])
            #expect(try await planned(planning) == ["job-0", "job-2"])
        }
    }

    @Test func `a definition that cannot be read stops nobody else`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.database.execute(
                """
                update rota.client set definition = '{"name": "lost"}' where name = 'lost'
                """)
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z")
            #expect(pass.troubles.map(\.job) == ["job-1"])
            #expect(try await planned(planning) == ["job-0", "job-2"])
        }
    }

    @Test func `a hold that a newer program wrote stops nobody else`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            _ = try await planning.store.requestRuns(job: "job-1", client: nil, asset: nil, actor: "anna")
            try await planning.database.execute("update rota.held set hold = 'astrology'")
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z")
            #expect(pass.troubles.map(\.job) == ["job-1"])
            #expect(try await planned(planning) == ["job-0", "job-2"])
        }
    }

    @Test func `one that takes longer than the deadline is put off, and stops nobody else`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.database.execute(
                """
                create function rota.stall() returns trigger language plpgsql as $$
                begin
                    if new.assignment_id = (select a.id from rota.assignment a join rota.job j on j.id = a.job_id
                            where j.name = 'job-1') then
                        perform pg_sleep(1000);
                    end if;
                    return new;
                end
                $$;
                create trigger stall before insert on rota.occurrence for each row execute function rota.stall()
                """)
            try await planning.database.setClock("2026-03-02T00:01:00Z")
            let pool = Pool(
                Configuration(planning.database.database.conninfo, deadline: .seconds(4)), size: 1)
            let impatient = Store(pool: pool)
            var troubles: [PlanningPass.Trouble] = []
            for _ in 0..<10 {
                let pass = try await impatient.planAssignments(most: 3)
                troubles += pass.troubles
                if pass.assignments == 0 { break }
            }
            await pool.close()
            #expect(troubles.map(\.job) == ["job-1"])
            #expect(troubles.first?.message.contains("no answer before the deadline") == true)
            #expect(try await planned(planning) == ["job-0", "job-2"])
        }
    }

    @Test func `what the server refuses for one assignment stops nobody else`() async throws {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.database.execute(
                """
                create function test_refuse() returns trigger language plpgsql as $$
                begin
                    if exists (select from rota.job where id = new.job_id and name = 'job-1') then
                        raise exception 'refused by a test';
                    end if;
                    return new;
                end $$;
                create trigger refuse before insert on rota.run for each row execute function test_refuse();
                """)
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z")
            #expect(pass.troubles.map(\.job) == ["job-1"])
            #expect(pass.troubles.first?.message.contains("refused by a test") == true)
            #expect(try await planned(planning) == ["job-0", "job-2"])
            // Nothing of the refused plan stays behind.
            let occurrences: Int64 = try await planning.database.pool.value("select count(*) from rota.occurrence")
            #expect(occurrences == 2)
        }
    }

    @Test func `a full disk is nobody's own trouble, and what was due is planned as soon as there is room`()
        async throws
    {
        try await Planning.with { planning in
            try await addThree(planning)
            try await planning.database.execute(
                """
                create function test_fill() returns trigger language plpgsql as $$
                begin raise exception 'no space left' using errcode = 'disk_full'; end $$;
                create trigger fill before insert on rota.run for each row execute function test_fill();
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await planning.plan(at: "2026-03-02T00:01:00Z")
            }
            #expect(error?.sqlState == "53100")
            try await planning.database.execute("drop trigger fill on rota.run")
            #expect(try await planning.plan(at: "2026-03-02T00:01:01Z").troubles.isEmpty)
            #expect(try await planned(planning) == ["job-0", "job-1", "job-2"])
        }
    }

    /// `job-1` is that of a client of its own, whose name comes to grief.
    private func addThree(_ planning: Planning) async throws {
        let lost = try await planning.estate.add(Client(name: "lost", timezone: "UTC"))
        for (name, client) in [("job-0", Planning.client), ("job-1", lost), ("job-2", Planning.client)] {
            _ = try await planning.estate.add(
                Jobs.command(name, every: 60), for: client, plannedThrough: instant(Planning.start))
        }
    }

    private func planned(_ planning: Planning) async throws -> [String] {
        try await planning.database.pool.standings().filter { $0.lane == "proactive" }.map(\.job)
    }
}
