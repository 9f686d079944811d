import Model
import Postgres
import Recurrence
import Store
import Testing

/// How many assignments are planned together changes nothing but what it costs.
@Suite struct PlanningInBatchesTests {
    @Test func `what many come to together is what each comes to alone`() async throws {
        let alone = try await Self.days(batch: 1)
        let together = try await Self.days(batch: 500)
        #expect(alone.count > 300, "\(alone.count)")
        #expect(Set(alone.map(\.state)) == ["held", "ready", "waiting", "missed", "skipped"])
        #expect(alone.map(\.inWords).sorted() == together.map(\.inWords).sorted())
    }

    @Test func `what the server refuses for some stops none of the others`() async throws {
        try await Planning.with { planning in
            try await planning.estate.add(
                (0..<40).map { Jobs.command("job-\($0)", every: 60) }, for: Planning.client,
                plannedThrough: instant(Planning.start))
            try await planning.database.execute(
                """
                create function test_refuse() returns trigger language plpgsql as $$
                begin
                    if exists (select from rota.job where id = new.job_id and name in ('job-7', 'job-8', 'job-31')) then
                        raise exception 'refused by a test';
                    end if;
                    return new;
                end $$;
                create trigger refuse before insert on rota.ready for each row execute function test_refuse();
                """)
            let pass = try await planning.plan(at: "2026-03-02T00:01:00Z", batch: 100)
            #expect(pass.assignments == 40)
            #expect(pass.occurrences == 37)
            #expect(Set(pass.troubles.map(\.job)) == ["job-7", "job-8", "job-31"])
            #expect(try await planning.database.pool.standings().count == 37)
            let occurrences: Int64 = try await planning.database.pool.value("select count(*) from rota.occurrence")
            #expect(occurrences == 37)
        }
    }

    @Test func `a run goes to the queue of its own job, whatever else is planned with it`() async throws {
        try await Planning.with { planning in
            var jobs = (0..<30).map { Jobs.command("job-\($0)", every: 60) }
            for index in jobs.indices where index % 3 == 0 { jobs[index].queue = "third" }
            try await planning.estate.add(jobs, for: Planning.client, plannedThrough: instant(Planning.start))
            try await planning.plan(at: "2026-03-02T00:01:00Z", batch: 100)
            let queues = try await planning.database.pool.query(
                "select queue, count(*) from rota.ready group by queue order by queue"
            ).map { try "\($0.get(0, as: String.self)) \($0.get(1, as: Int64.self))" }
            #expect(queues == ["default 20", "third 10"])
        }
    }

    @Test func `a run counts in the groups of its own job, client and asset, whatever else is planned with it`()
        async throws
    {
        try await Planning.with { planning in
            let busy = try await planning.estate.add(Client(name: "busy", timezone: "UTC", atOnce: 2))
            for client in ["acme", "busy"] {
                try await planning.estate.add(Asset(name: "\(client)-server", client: client, kind: "server"))
            }
            var exclusive = Jobs.command("exclusive", every: 60)
            exclusive.targets = TargetSelector(kinds: ["server"])
            exclusive.exclusive = true
            var limited = Jobs.command("limited", every: 60)
            limited.atOnce = 3
            for job in [exclusive, limited, Jobs.command("free", every: 60)] {
                for client in [Planning.client, busy] {
                    _ = try await planning.estate.add(job, for: client, plannedThrough: instant(Planning.start))
                }
            }
            try await planning.plan(at: "2026-03-02T00:01:00Z", batch: 100)
            let groups = try await planning.database.pool.query(
                """
                select j.name, c.name, (
                    select string_agg(g.key || '=' || g.most, ' ' order by g.key)
                    from rota.limit_group g where g.id = any (r.limits))
                from rota.run r join rota.ready q on q.run_id = r.id and q.limits is not distinct from r.limits
                join rota.job j on j.id = r.job_id join rota.client c on c.id = r.client_id
                order by j.name, c.name
                """
            ).map { row in
                try
                    "\(row.get(0, as: String.self)) \(row.get(1, as: String.self)): \(row.get(2, as: String?.self) ?? "-")"
            }
            #expect(
                groups == [
                    "exclusive acme: exclusive/acme-server=1", "exclusive busy: client/busy=2 exclusive/busy-server=1",
                    "free acme: -", "free busy: client/busy=2", "limited acme: job/limited=3",
                    "limited busy: client/busy=2 job/limited=3",
                ])
        }
    }

    /// What stands where after some days of an estate with a bit of everything, of which the schedulers slept one.
    private static func days(batch: Int) async throws -> [Standing] {
        try await Planning.with { planning in
            try await add(to: planning)
            for moment in ["02T00:00", "02T02:00", "02T02:50", "02T09:00", "02T12:30", "04T02:10"] {
                try await planning.plan(at: "2026-03-\(moment):00Z", batch: batch)
                if moment == "02T09:00" {
                    _ = try await planning.store.pause(job: "often", reason: "test", until: nil, actor: "anna")
                }
                if moment == "02T12:30" { _ = try await planning.store.resume(job: "often", actor: "anna") }
            }
            return try await planning.database.pool.standings()
        }
    }

    private static func add(to planning: Planning) async throws {
        try await planning.estate.add(
            Calendar(name: "days", days: [Calendar.Day(date: CivilDate("2026-03-02"))]))
        try await planning.estate.add(
            WindowRule(
                name: "night", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3600),
                cutoff: Span(seconds: 900), except: ["days"]))
        var windowed = Jobs.command("windowed", cron: "0 0 * * *", window: "night")
        windowed.targets = TargetSelector(kinds: ["server"])
        var linux = Jobs.command("linux", cron: "30 1 * * *")
        linux.targets = TargetSelector(kinds: ["server", "laptop"], labels: ["os": "linux"])
        linux.lead = Span(seconds: 3600)
        let task = Job(
            name: "task", schedule: ScheduleRule(cron: "0 8 * * *"),
            action: .task(TaskAction(assignee: "desk", steps: ["look", "tell"])))
        let jobs = [
            windowed, linux, task, Jobs.command("often", every: 1200), Jobs.command("daily", cron: "0 12 * * *"),
        ]
        for (number, zone) in ["UTC", "Europe/London", "America/Vancouver", "UTC"].enumerated() {
            let client = try await planning.estate.add(Client(name: "client-\(number)", timezone: zone))
            for asset in 0..<number {
                try await planning.estate.add(
                    Asset(
                        name: "asset-\(number)-\(asset)", client: client.name, kind: asset == 1 ? "laptop" : "server",
                        labels: asset == 0 ? [:] : ["os": "linux"]))
            }
            for job in jobs {
                _ = try await planning.estate.add(job, for: client, plannedThrough: instant("2026-03-01T22:00:00Z"))
            }
        }
    }
}

extension Standing {
    /// All but numbers, which depend on the order in which runs were made.
    fileprivate var inWords: String {
        let reason = reason.map { $0.hasPrefix("run ") ? "run … \($0.drop { $0 != "w" })" : $0 }
        return "\(job) \(asset ?? "-") \(due) \(state) \(hold ?? "-") \(reason ?? "-") \(lookAt.map { "\($0)" } ?? "-")"
            + " \(startBy.map { "\($0)" } ?? "-") \(revision)"
    }
}
