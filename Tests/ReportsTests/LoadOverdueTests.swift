import Model
import Postgres
import Recurrence
import Store
import StoreTestSupport
import Testing

@testable import Reports

struct LoadOverdueTests {
    /// Two servers of a client in Vancouver, patched at 02:00 each day, 10:00 UTC, and a review of the client as a
    /// whole each week; applied at noon of 15 February 2026, and never looked at by any scheduler since.
    private static func withForgotten(_ body: @Sendable (Store, MigratedDatabase) async throws -> Void) async throws {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-02-15T12:00:00Z")
            let store = Store(pool: database.pool)
            let action = Action.exec(ExecAction(command: ["true"], timeout: Span(seconds: 60)))
            _ = try await store.apply(
                documents: [
                    .client(Client(name: "harbour", timezone: "America/Vancouver")),
                    .asset(Asset(name: "srv-1", client: "harbour", kind: "server")),
                    .asset(Asset(name: "srv-2", client: "harbour", kind: "server")),
                    .asset(Asset(name: "laptop", client: "harbour", kind: "laptop")),
                    .job(
                        Job(
                            name: "patch", schedule: ScheduleRule(cron: "0 2 * * *"),
                            targets: TargetSelector(kinds: ["server"]), within: Span("12h"), action: action)),
                    .job(
                        Job(
                            name: "review", schedule: ScheduleRule(cron: "0 2 * * MON"),
                            action: .task(TaskAction(assignee: "desk")))),
                ], prune: false, dryRun: false, actor: "ann")
            try await body(store, database)
        }
    }

    private static func words(_ report: OverdueReport) -> [String] {
        report.rows.map { "\($0.job) \($0.asset ?? "-") \($0.run.map(String.init) ?? "none") \($0.due)" }
    }

    @Test func `what every scheduler was too dead to plan is overdue, for each target`() async throws {
        try await Self.withForgotten { store, database in
            #expect(try await store.overdue(RunFilter()).rows == [])
            try await database.setClock("2026-02-24T12:00:00Z")
            let report = try await store.overdue(RunFilter())
            #expect(
                Self.words(report) == [
                    "patch srv-1 none 2026-02-16T10:00:00Z", "patch srv-2 none 2026-02-16T10:00:00Z",
                    "review - none 2026-02-16T10:00:00Z",
                ])
            #expect(report.total == 3 && report.problems == [])
            let first = report.rows[0]
            #expect(first.late == Instant(rfc3339: "2026-02-16T22:00:00Z") && first.state == nil)
            #expect(first.explanation.reason == "scheduler")
            #expect(first.explanation.why == "no scheduler has planned it since 2026-02-15T12:00:00Z")
            let limited = try await store.overdue(RunFilter(asset: "srv-2", limit: 1))
            #expect(Self.words(limited) == ["patch srv-2 none 2026-02-16T10:00:00Z"] && limited.total == 1)
            #expect(try await store.overdue(RunFilter(limit: 2)).total == 3)
        }
    }

    @Test func `what nobody planned is owed to those alone whom the job's condition means`() async throws {
        try await Self.withForgotten { store, database in
            var job = try #require(try await store.catalogue(assets: false).jobs["patch"])
            job.targets?.condition = try Selector(parsing: "name notin (srv-2), purchased before 5y")
            let asset = Asset(name: "srv-1", client: "harbour", kind: "server", facts: ["purchased": "2021-02-20"])
            _ = try await store.apply(documents: [.job(job), .asset(asset)], actor: "ann")
            try await database.setClock("2026-02-20T12:00:00Z")
            #expect(try await store.overdue(RunFilter(job: "patch")).rows == [])
            try await database.setClock("2026-02-24T12:00:00Z")
            let report = try await store.overdue(RunFilter(job: "patch"))
            #expect(Self.words(report) == ["patch srv-1 none 2026-02-16T10:00:00Z"])
        }
    }

    @Test func `what nobody planned can be waived, and is owed again after the waiver's end`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-18T12:00:00Z")
            let end = try #require(Instant(rfc3339: "2026-02-18T20:00:00Z"))
            _ = try await store.waive(
                job: "patch", client: "harbour", asset: "srv-1", reason: "no power", until: end, actor: "ann")
            _ = try await store.waive(
                job: "review", client: "harbour", asset: nil, reason: "moved", until: nil, actor: "ann")
            try await database.setClock("2026-02-18T19:59:59Z")
            #expect(
                Self.words(try await store.overdue(RunFilter())) == ["patch srv-2 none 2026-02-16T10:00:00Z"])
            try await database.setClock("2026-02-19T23:00:00Z")
            let report = try await store.overdue(RunFilter())
            #expect(
                Self.words(report) == [
                    "patch srv-1 none 2026-02-16T10:00:00Z", "patch srv-2 none 2026-02-16T10:00:00Z",
                ])
            #expect(
                report.rows.map(\.explanation.why) == [
                    "no scheduler has planned it since 2026-02-15T12:00:00Z; "
                        + "was waived until 2026-02-18T20:00:00Z by ann: no power",
                    "no scheduler has planned it since 2026-02-15T12:00:00Z",
                ])
        }
    }

    @Test func `why a run is not overdue tells of its waiver, in force or not`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            let morning = try #require(Instant(rfc3339: "2026-02-16T00:00:00Z"))
            let runs = try await store.runs(RunFilter(asset: "srv-1"), lately: morning).rows
            let run = try #require(runs.first).run
            #expect(try await store.why(run: run)?.isWaived == false)
            let end = try #require(Instant(rfc3339: "2026-02-20T00:00:00Z"))
            _ = try await store.waive(run: run, reason: "no power", until: end, actor: "ann")
            #expect(try await store.why(run: run)?.isWaived == true)
            try await database.setClock("2026-02-20T00:00:00Z")
            let report = try #require(try await store.why(run: run))
            #expect(!report.isWaived)
            #expect(report.waivers.map(\.inWords) == ["waived until 2026-02-20T00:00:00Z by ann: no power"])
            #expect(report.json["waivers"] == .array(report.waivers.map { $0.json(asOf: report.asOf) }))
        }
    }

    @Test func `a target with an overdue run is told by that run, not by what was never planned`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            try await database.setClock("2026-02-24T12:00:00Z")
            let report = try await store.overdue(RunFilter(job: "patch"))
            #expect(report.rows.map(\.state) == [.ready, .ready])
            #expect(report.rows.map(\.due) == Array(repeating: Instant(rfc3339: "2026-02-16T10:00:00Z")!, count: 2))
            #expect(report.rows[0].explanation.why == "no live worker on queue default (never seen)")
        }
    }

    @Test func `a success settles what was due until then, planned or not`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            try await database.setClock("2026-02-18T12:00:00Z")
            let worker = try await store.registerWorker(
                WorkerProfile(
                    name: "w1", instance: "w1-1", host: "h1", queues: ["default"], clients: nil, slots: 8, reserve: 6))
            let leases = try await store.lease(worker: worker, most: 8)
            for lease in leases where lease.asset?.name == "srv-1" {
                _ = try await store.finish(
                    worker: worker, lease: lease, outcome: Outcome(.succeeded), verdict: .finish(.succeeded))
            }
            try await database.setClock("2026-02-24T12:00:00Z")
            let report = try await store.overdue(RunFilter(job: "patch"))
            #expect(report.rows.map(\.asset) == ["srv-2", "srv-1"])
            #expect(report.rows.map(\.state) == [.leased, nil])
            #expect(report.rows[1].due == Instant(rfc3339: "2026-02-19T10:00:00Z"))
        }
    }

    @Test func `a target that failed is due again at the job's next moment`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            let runs = try await store.runs(
                RunFilter(asset: "srv-1"), lately: try #require(Instant(rfc3339: "2026-02-16T00:00:00Z")))
            _ = try await store.cancel(run: runs.rows[0].run, reason: "no power", actor: "ann")
            try await database.setClock("2026-02-17T09:00:00Z")
            let report = try await store.overdue(RunFilter(asset: "srv-1"))
            #expect(
                report.rows.map(\.explanation) == [
                    Explanation(
                        reason: "cancelled",
                        why: "cancelled at 2026-02-16T10:00:01Z by ann: no power; due again at 2026-02-17T10:00:00Z",
                        nextChance: Instant(rfc3339: "2026-02-17T10:00:00Z"))
                ])
        }
    }

    @Test func `what is paused when it would be due again says so, and a pause that ends before does not matter`()
        async throws
    {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            let runs = try await store.runs(
                RunFilter(asset: "srv-1"), lately: try #require(Instant(rfc3339: "2026-02-16T00:00:00Z")))
            _ = try await store.cancel(run: runs.rows[0].run, reason: "no power", actor: "ann")
            try await database.setClock("2026-02-17T09:00:00Z")
            func why() async throws -> [String] {
                try await store.overdue(RunFilter(asset: "srv-1")).rows.map(\.explanation.why)
            }
            let cancelled = "cancelled at 2026-02-16T10:00:01Z by ann: no power"
            let asset = PauseSubject(asset: "srv-1")
            _ = try await store.pause(
                asset, reason: "short", until: Instant(rfc3339: "2026-02-17T09:30:00Z"), actor: "ann")
            #expect(try await why() == ["\(cancelled); due again at 2026-02-17T10:00:00Z"])
            _ = try await store.pause(
                PauseSubject(job: "patch"), reason: "audit", until: Instant(rfc3339: "2026-02-18T10:00:00Z"),
                actor: "ann")
            #expect(
                try await why() == [
                    "\(cancelled); paused by ann: audit, until 2026-02-18T10:00:00Z; due again at 2026-02-18T10:00:00Z"
                ])
            _ = try await store.resume(asset, actor: "ann")
            _ = try await store.pause(asset, reason: "moved", until: nil, actor: "ann")
            #expect(
                try await why() == [
                    "\(cancelled); asset/srv-1 paused by ann: moved; it is not due again until somebody resumes it"
                ])
        }
    }

    @Test func `why a job is not running tells its pause, its next start and what is open`() async throws {
        try await Self.withForgotten { store, database in
            try await database.setClock("2026-02-16T10:00:01Z")
            _ = try await store.planAssignments(most: 10)
            _ = try await store.pause(job: "patch", reason: "audit", until: nil, actor: "ann")
            _ = try await store.planAssignments(most: 10)
            let report = try #require(try await store.why(job: "patch", limit: 1))
            #expect(report.standing.pause?.reason == "audit")
            #expect(report.clients.map(\.nextDue) == [Instant(rfc3339: "2026-02-17T10:00:00Z")])
            #expect(report.open.map(\.explanation.why) == ["paused by ann: audit"])
            #expect(report.hasMore)
            #expect(try await store.why(job: "nothing", limit: 1) == nil)
        }
    }
}
