import Model
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

struct OverdueTests {
    @Test func `work is overdue once its time has passed, and not at its last moment`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.clock("17T03:00")
            #expect(try await floor.overdue() == [])
            try await floor.clock("17T03:01")
            #expect(
                try await floor.overdue()
                    == ["patch apple-1 ready 16T03:00", "patch srv-1 ready 16T03:00", "patch srv-2 ready 16T03:00"])
        }
    }

    @Test func `a run that succeeded late is settled`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.clock("17T03:01")
            try await floor.work()
            #expect(try await floor.overdue() == [])
        }
    }

    @Test func `a failed run is overdue until a later run on that target succeeds`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.clock("17T02:59")
            #expect(try await floor.overdue() == [])
            try await floor.plan(at: "17T03:01")
            try await floor.work(only: "srv-1")
            #expect(
                try await floor.overdue() == ["patch apple-1 failed 16T03:00", "patch srv-2 failed 16T03:00"])
        }
    }

    @Test func `each target is told once, by the oldest run that nothing settled`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.plan(at: "17T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1), only: "srv-1")
            try await floor.plan(at: "18T03:01")
            #expect(
                try await floor.overdue(RunFilter(client: "harbour"))
                    == ["patch srv-1 failed 16T03:00", "patch srv-2 failed 16T03:00"])
        }
    }

    @Test func `what somebody asked for settles what was due before it succeeded, and not what is due after`()
        async throws
    {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.plan(at: "16T12:00")
            _ = try await floor.store.requestRuns(job: "patch", client: nil, asset: "srv-1", actor: "ann")
            try await floor.plan()
            try await floor.work(only: "srv-1")
            try await floor.clock("17T03:30")
            #expect(
                try await floor.overdue() == ["patch apple-1 failed 16T03:00", "patch srv-2 failed 16T03:00"])
            try await floor.plan()
            try await floor.clock("18T03:30")
            #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == ["patch srv-1 ready 17T03:00"])
        }
    }

    @Test func `missed, skipped and cancelled runs stay overdue`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let runs = try await floor.store.runs(RunFilter(asset: "srv-1"), lately: Floor.at("16T00:00")).rows
            _ = try await floor.store.cancel(run: runs[0].run, reason: "no", actor: "ann")
            try await floor.plan(at: "17T03:01")
            #expect(
                try await floor.overdue() == [
                    "patch apple-1 missed 16T03:00", "patch srv-1 cancelled 16T03:00", "patch srv-2 missed 16T03:00",
                ])
        }
    }

    @Test func `what a worker or a person has in hand is overdue too`() async throws {
        try await Floor.with { floor in
            try await floor.desk.apply(
                .job(
                    Job(
                        name: "review", clients: .named(["orchard"]), schedule: ScheduleRule(cron: "0 3 * * *"),
                        action: .task(TaskAction(assignee: "desk", steps: ["look"])))))
            try await floor.plan(at: "16T03:00")
            _ = try await floor.lease()
            try await floor.clock("17T03:01")
            #expect(
                try await floor.overdue(RunFilter(client: "orchard"))
                    == ["patch apple-1 leased 16T03:00", "review orchard waiting 16T03:00"])
        }
    }

    @Test func `what was removed is owed nothing`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.clock("17T03:01")
            #expect(try await floor.overdue().count == 3)
            try await floor.desk.apply(
                .client(Sample.client("harbour")), .asset(Floor.asset("srv-1", "harbour")), .job(Sample.job("patch")),
                prune: true)
            #expect(try await floor.overdue() == ["patch srv-1 failed 16T03:00"])
            try await floor.desk.apply(
                .client(Sample.client("harbour")), .asset(Floor.asset("srv-1", "harbour")), prune: true)
            #expect(try await floor.overdue() == [])
        }
    }

    @Test func `an asset that is not in the job's scope any more is owed nothing`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.clock("17T03:01")
            var job = Sample.job("patch")
            job.targets = TargetSelector(kinds: ["server"], labels: ["os": "windows"])
            var windows = Floor.asset("srv-2", "harbour")
            windows.labels["os"] = "windows"
            try await floor.desk.apply(.job(job), .asset(windows))
            #expect(try await floor.overdue() == ["patch srv-2 failed 16T03:00"])
            windows.kind = "printer"
            try await floor.desk.apply(.asset(windows))
            #expect(try await floor.overdue() == [])
        }
    }

    @Test func `an asset that the job's condition does not mean any more is owed nothing, nor counted`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.clock("17T03:01")
            var job = Sample.job("patch")
            job.targets?.condition = try Selector(parsing: "ring!=pilot, warrantyUntil within 30d")
            var (soon, pilot) = (Floor.asset("srv-1", "harbour"), Floor.asset("apple-1", "orchard"))
            soon.facts["warrantyUntil"] = "2026-03-20"
            pilot.facts["warrantyUntil"] = "2026-02-01"
            pilot.labels["ring"] = "pilot"
            try await floor.desk.apply(.job(job), .asset(soon), .asset(pilot))
            #expect(try await floor.overdue() == [])
            // The same asset has come into the condition by the passing of time alone.
            try await floor.clock("18T12:00")
            #expect(try await floor.overdue() == ["patch srv-1 failed 16T03:00"])
            let overdue = try await floor.store.overdueRuns(RunFilter(), now: try await floor.store.now())
            #expect(overdue.total == 1)
            #expect(try await floor.overdue(RunFilter(job: "patch", asset: "srv-2")) == [])
        }
    }

    @Test func `what cannot be read is taken to be in scope`() async throws {
        try await Floor.with { floor in
            var job = Sample.job("patch")
            job.targets?.condition = try Selector(parsing: "os=linux, name!=srv-2")
            try await floor.desk.apply(.job(job))
            try await floor.plan(at: "16T03:00")
            try await floor.clock("17T03:01")
            try await floor.desk.database.execute(
                """
                update rota.client set definition = jsonb_set(definition, '{timezone}', '"Gone/Away"')
                where name = 'orchard';
                update rota.asset set definition = '{}' where name = 'srv-1'
                """)
            #expect(
                try await floor.overdue() == ["patch apple-1 ready 16T03:00", "patch srv-1 ready 16T03:00"])
        }
    }

    @Test func `the total counts what the limit leaves out, and the oldest come first`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(only: "srv-2")
            try await floor.plan(at: "17T03:00")
            try await floor.clock("18T03:01")
            let overdue = try await floor.store.overdueRuns(RunFilter(limit: 1), now: try await floor.store.now())
            #expect(overdue.total == 3)
            #expect(overdue.runs.map(\.row.due) == [Floor.at("16T03:00")])
            #expect(overdue.runs.map(\.late) == [Floor.at("17T03:00")])
        }
    }

    @Test func `asked for a state, the oldest run that stands in it is told`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1))
            try await floor.plan(at: "17T03:00")
            try await floor.clock("18T03:01")
            let harbour = RunFilter(client: "harbour", states: [.ready, .held])
            #expect(try await floor.overdue(harbour) == ["patch srv-1 ready 17T03:00", "patch srv-2 ready 17T03:00"])
            #expect(
                try await floor.overdue(RunFilter(asset: "srv-1", states: [.failed])) == ["patch srv-1 failed 16T03:00"]
            )
            #expect(try await floor.overdue(RunFilter(states: [.leased, .missed])) == [])
        }
    }

    @Test func `asking often is as good as asking once`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.clock("17T03:01")
            // From the sixth time on the server may keep a plan that does not know the filter.
            for _ in 0..<8 {
                #expect(try await floor.overdue(RunFilter(asset: "srv-1")) == ["patch srv-1 ready 16T03:00"])
            }
        }
    }

    @Test func `filters narrow what is told, and what is counted`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.failed, exitCode: 1), only: "srv-1")
            try await floor.clock("17T03:01")
            #expect(try await floor.overdue(RunFilter(client: "orchard")) == ["patch apple-1 ready 16T03:00"])
            #expect(try await floor.overdue(RunFilter(asset: "srv-2")) == ["patch srv-2 ready 16T03:00"])
            #expect(try await floor.overdue(RunFilter(states: [.failed])) == ["patch srv-1 failed 16T03:00"])
            #expect(try await floor.overdue(RunFilter(lane: .reactive)) == [])
            #expect(try await floor.overdue(RunFilter(job: "patch", until: Floor.at("16T03:00"))) == [])
            let failed = try await floor.store.overdueRuns(
                RunFilter(states: [.failed, .held]), now: try await floor.store.now())
            #expect(failed.total == 1)
        }
    }
}
