import Model
import Recurrence
import Store
import StoreTestSupport
import Testing

@testable import Reports

/// `rota why RUN`: every gate that a run has to pass, as a scheduler finds it.
struct GateTableTests {
    @Test func `what is open and what is closed is told, what would open it, and when the other job is due`()
        async throws
    {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-03-02T00:00:00Z")
            let store = Store(pool: database.pool)
            let action = Action.exec(ExecAction(command: ["true"], timeout: Span(seconds: 60)))
            let servers = TargetSelector(kinds: ["server"])
            _ = try await store.apply(
                documents: [
                    .client(Client(name: "acme", timezone: "UTC")),
                    .asset(Asset(name: "srv", client: "acme", kind: "server")),
                    .window(
                        WindowRule(
                            name: "nights", opens: ScheduleRule(cron: "0 22 * * *"), duration: Span("4h"))),
                    .job(
                        Job(
                            name: "backup", schedule: ScheduleRule(cron: "0 20 * * *"), targets: servers, action: action
                        )),
                    .job(
                        Job(
                            name: "patch", schedule: ScheduleRule(cron: "0 9 * * *"), window: "nights",
                            targets: servers,
                            overlap: .queue, requires: [.succeeded(job: "backup", within: Span("24h")!), .file("/x")],
                            action: action)),
                ], prune: false, dryRun: false, actor: "ann")
            try await database.setClock("2026-03-02T09:00:00Z")
            _ = try await store.planAssignments(most: 10)
            let run = try await store.runs(RunFilter(job: "patch"), lately: store.now()).rows[0].run
            let report = try #require(try await store.why(run: run))
            #expect(report.explanation.reason == "window")
            #expect(
                report.gates.map { "\($0.name) \($0.isOpen ? "open" : "closed"): \($0.why)" } == [
                    "paused open: nothing of it is paused", "overlap open: no earlier run on its target is open",
                    "window closed: window nights opens at 2026-03-02T22:00:00Z",
                    "requires closed: backup has never succeeded here; it must have in the last 24h; "
                        + "backup is due next at 2026-03-02T20:00:00Z",
                    "requires open: the worker looks for file /x just before it starts",
                    "worker closed: no live worker on queue default (never seen)",
                ])
            #expect(report.gates[2].opensAt == Instant(rfc3339: "2026-03-02T22:00:00Z"))
        }
    }

    private static let guarded: [Definition] = [
        .client(Client(name: "acme", timezone: "UTC")),
        .asset(Asset(name: "srv", client: "acme", kind: "server")),
        .job(
            Job(
                name: "patch", schedule: ScheduleRule(cron: "0 9 * * *"),
                targets: TargetSelector(kinds: ["server"]), within: Span("1h"),
                requires: [.file("/a"), .exec(command: ["/b"], timeout: Span("10s")!)],
                action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 60))))),
    ]

    @Test
    func `a guard that refused is told with who asked it, when, and when it is asked again; so is what is waived`()
        async throws
    {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-03-02T00:00:00Z")
            let store = Store(pool: database.pool)
            _ = try await store.apply(documents: Self.guarded, prune: false, dryRun: false, actor: "ann")
            try await database.setClock("2026-03-02T09:00:00Z")
            _ = try await store.planAssignments(most: 10)
            let worker = try await register(store, "w")
            let lease = try #require(try await store.lease(worker: worker, most: 1).first)
            let said = Requirement.refusal(ofCommand: ["/b"], said: "exit code 1")
            _ = try await store.finish(
                worker: worker, lease: lease, outcome: Outcome(.released, message: said, isPutOff: true),
                verdict: .retry(after: Job.guardWait))
            let (why, again) = ("/b, which it requires, does not agree: exit code 1", "2026-03-02T09:05:00Z")
            let report = try #require(try await store.why(run: lease.run))
            #expect(
                report.gates.filter { $0.name == "requires" }.map { "\($0.isOpen) \($0.why)" } == [
                    "true the worker looks for file /a just before it starts",
                    "false \(why) (worker w, 2026-03-02T09:00:00Z); it is asked again at \(again)",
                ])
            let job = try #require(try await store.why(job: "patch", asset: "srv", limit: 10))
            #expect(job.open.map(\.explanation.reason) == ["requires"])
            #expect(job.open.first?.explanation.why.hasPrefix(why) == true)
            #expect(job.open.first?.explanation.nextChance?.description == again)
            #expect(job.clients.map(\.nextStart) == [Instant(rfc3339: "2026-03-03T09:00:00Z")])
            let subject = PauseSubject(job: "patch", client: "acme")
            _ = try await store.pause(subject, reason: "moving", until: nil, actor: "ann")
            let paused = try #require(try await store.why(job: "patch", limit: 10))
            #expect(paused.pauses.map(\.inWords) == ["job/patch client/acme paused by ann: moving"])
            #expect(paused.clients.map(\.nextStart) == [nil])
            let filter = RunFilter(job: "patch")
            try await database.setClock("2026-03-02T10:59:59Z")
            let second = try #require(try await store.lease(worker: worker, most: 1).first)
            _ = try await store.finish(
                worker: worker, lease: second, outcome: Outcome(.released, message: said, isPutOff: true),
                verdict: .retry(after: Job.guardWait))
            try await database.setClock("2026-03-02T11:00:00Z")
            #expect(
                try await store.overdue(filter).rows.map(\.explanation.why) == [
                    "\(why) (worker w, 2026-03-02T10:59:59Z); it is tried again at 2026-03-02T11:04:59Z"
                ])
            _ = try await store.waive(run: lease.run, reason: "parts are ordered", until: nil, actor: "ann")
            let waived = try #require(try await store.why(job: "patch", limit: 10))
            #expect(waived.waivers.map(\.reason) == ["parts are ordered"])
            #expect(try await store.why(job: "patch", asset: "other", limit: 10)?.waivers == [])
        }
    }

    private static let nightly: [Definition] = [
        .client(Client(name: "acme", timezone: "UTC")),
        .window(WindowRule(name: "nights", opens: ScheduleRule(cron: "0 9 * * *"), duration: Span("4h")!)),
        .job(
            Job(
                name: "patch", schedule: ScheduleRule(cron: "0 9 * * *"), window: "nights", within: Span("1h"),
                whenOffline: .nextWindow,
                action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 3600))))),
    ]

    @Test func `a run whose target was away says so until it is tried again, and then also what it waits for`()
        async throws
    {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-03-02T00:00:00Z")
            let store = Store(pool: database.pool)
            _ = try await store.apply(documents: Self.nightly, prune: false, dryRun: false, actor: "ann")
            try await database.setClock("2026-03-02T09:00:00Z")
            _ = try await store.planAssignments(most: 10)
            let worker = try await register(store, "first")
            let lease = try #require(try await store.lease(worker: worker, most: 1).first)
            _ = try await store.finish(
                worker: worker, lease: lease,
                outcome: Outcome(.released, exitCode: 69, message: "its target was not there"),
                verdict: .retry(after: .seconds(3 * 3600)))
            let said = "its target was not there (worker w, 2026-03-02T09:00:00Z)"
            for (moment, rest) in [
                ("2026-03-02T11:00:00Z", "it is tried again when its window next opens"),
                ("2026-03-02T12:00:00Z", "window nights opens at 2026-03-03T09:00:00Z"),
            ] {
                try await database.setClock(moment)
                _ = try await store.planAssignments(most: 10)
                #expect(try await store.why(run: lease.run)?.explanation.nextChance == nil, "nobody is there")
                _ = try await register(store, moment)
                let report = try #require(try await store.why(run: lease.run))
                let why = report.explanation.why
                #expect(report.explanation.nextChance == Instant(rfc3339: "2026-03-03T09:00:00Z"))
                #expect(report.gates.filter { !$0.isOpen }.map(\.name).contains("window"))
                let overdue = try await store.overdue(RunFilter(job: "patch")).rows.map(\.explanation.why)
                #expect(why == "\(said); \(rest)" && overdue == [why])
            }
        }
    }

    private func register(_ store: Store, _ instance: String) async throws -> Int64 {
        try await store.registerWorker(
            WorkerProfile(
                name: "w", instance: instance, host: "h", queues: ["default"], clients: nil, slots: 8, reserve: 6))
    }
}
