import Model
import Postgres
import Recurrence
import Store
import Testing

/// What people do, and every answer that they can get.
@Suite struct ActsTests {
    @Test func `a run is asked for on all targets, one client's or one asset's`() async throws {
        try await Planning.with { planning in
            try await addTwoClients(planning)
            let store = planning.store
            let all = try await store.requestRuns(job: "job", client: nil, asset: nil, actor: "anna")
            #expect(try names(all) == ["acme a", "acme b", "zeta c"])
            let client = try await store.requestRuns(job: "job", client: "zeta", asset: nil, actor: "anna")
            #expect(try names(client) == ["zeta c"])
            let asset = try await store.requestRuns(job: "job", client: nil, asset: "b", actor: "anna")
            #expect(try names(asset) == ["acme b"])
            try await planning.plan()
            for run in try await planning.database.pool.standings() {
                #expect(run.state == "ready")
                #expect(run.lane == "reactive")
            }
        }
    }

    @Test func `a run that cannot be asked for is refused with the reason, and nothing is recorded`() async throws {
        try await Planning.with { planning in
            try await addTwoClients(planning)
            let store = planning.store
            #expect(try await store.requestRuns(job: "nope", client: nil, asset: nil, actor: "anna") == .unknownJob)
            #expect(
                try await store.requestRuns(job: "job", client: "nope", asset: nil, actor: "anna")
                    == .noTarget("job job has no targets at client 'nope'"))
            #expect(
                try await store.requestRuns(job: "job", client: nil, asset: "nope", actor: "anna")
                    == .noTarget("job job has no target 'nope'"))
            #expect(
                try await store.requestRuns(job: "job", client: "zeta", asset: "a", actor: "anna")
                    == .noTarget("job job has no target 'a' at client 'zeta'"))
            #expect(try await acts(planning).isEmpty)
            #expect(try await planning.database.pool.standings().isEmpty)
        }
    }

    @Test func `a run that is over is done again as a run of its own, by the job as it is now`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let run = try await planning.database.pool.standing().run
            #expect(try await planning.store.retry(run: run, actor: "anna") == .stillOpen(.ready))
            #expect(try await planning.store.cancel(run: run, reason: nil, actor: "anna") == .cancelled)
            try await planning.estate.revise(Jobs.command(every: 3600, timeout: 700))
            guard case .requested(let again) = try await planning.store.retry(run: run, actor: "anna") else {
                Issue.record("it was not requested")
                return
            }
            let new = try #require(try await planning.database.pool.standings().first { $0.run == again.run })
            #expect(new.revision == 2)
            #expect(new.lane == "reactive")
            let retryOf: Int64? = try await planning.database.pool.value(
                "select retry_of from rota.run where id = $1", [again.run])
            #expect(retryOf == run)
            #expect(try await planning.store.retry(run: 4711, actor: "anna") == .unknown)
            try await planning.database.execute("update rota.assignment set removed_at = rota.now(), wake_at = null")
            #expect(try await planning.store.retry(run: run, actor: "anna") == .removed)
            #expect(try await acts(planning) == ["cancel run/\(run)", "retry run/\(run)"])
        }
    }

    @Test func `cancelling ends what is held, ready or waiting at once`() async throws {
        try await Planning.with { planning in
            try await planning.estate.add(
                WindowRule(name: "night", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3600)))
            try await planning.add(Jobs.command("held", cron: "0 1 * * *", window: "night"))
            try await planning.add(Jobs.command("ready", cron: "0 1 * * *"))
            try await planning.add(Self.task("waiting", cron: "0 1 * * *"))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            for run in try await planning.database.pool.standings() {
                #expect(run.state == run.job)
                #expect(try await planning.store.cancel(run: run.run, reason: "no", actor: "anna") == .cancelled)
                #expect(
                    try await planning.store.cancel(run: run.run, reason: "no", actor: "anna")
                        == .alreadyDone(.cancelled))
            }
            #expect(
                try await planning.database.pool.standings().map(\.state) == Array(repeating: "cancelled", count: 3))
            #expect(try await planning.store.cancel(run: 4711, reason: nil, actor: "anna") == .unknown)
            #expect(try await acts(planning).count == 3)
        }
    }

    @Test func `cancelling what a worker has in hand tells that worker`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            let lease = try #require(try await planning.lease(worker).first)
            #expect(
                try await planning.store.cancel(run: lease.run, reason: nil, actor: "anna") == .asked(worker: "worker"))
            let renewal = try await planning.store.renew(
                worker: worker, attempts: [lease.attempt], length: .seconds(30))
            #expect(renewal.cancelled == [lease.attempt])
            let result = try await planning.store.finish(
                worker: worker, lease: lease, outcome: Outcome(.cancelled), verdict: .finish(.cancelled))
            #expect(result)
            let actor: String? = try await planning.database.pool.value("select actor from rota.done")
            #expect(actor == "anna")
        }
    }

    @Test func `what somebody cancelled is not tried again, where it ended before its worker had heard of that`()
        async throws
    {
        try await Planning.with { planning in
            try await planning.add(Jobs.command("failing", every: 3600))
            try await planning.add(Jobs.command("unused", every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            let leases = try await planning.lease(worker)
            for lease in leases {
                _ = try await planning.store.cancel(run: lease.run, reason: "no", actor: "anna")
            }
            let ended = try await planning.store.finish(
                worker: worker,
                [
                    EndedAttempt(leases[0], .finished(Outcome(.failed), .retry(after: .seconds(60)))),
                    EndedAttempt(leases[1], .released),
                ])
            #expect(ended.count == 2)
            #expect(try await planning.database.pool.standings().map(\.state) == ["cancelled", "cancelled"])
        }
    }

    @Test func `a task is completed with the evidence that it asks for`() async throws {
        try await Planning.with { planning in
            try await planning.add(Self.task("task", cron: "0 1 * * *", evidence: .required))
            try await planning.add(Jobs.command("other", cron: "0 1 * * *"))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let runs = try await planning.database.pool.standings()
            let (other, task) = (runs[0].run, runs[1].run)
            let store = planning.store
            #expect(try await store.complete(run: task, note: "ok", evidence: [], actor: "ben") == .evidenceRequired)
            let evidence = [Evidence(name: "photo.jpg", content: [1, 2, 3])]
            #expect(try await store.complete(run: task, note: "ok", evidence: evidence, actor: "ben") == .completed)
            #expect(
                try await store.complete(run: task, note: "ok", evidence: evidence, actor: "ben")
                    == .notWaiting(.succeeded))
            #expect(try await store.complete(run: other, note: "", evidence: [], actor: "ben") == .notWaiting(.ready))
            #expect(try await store.complete(run: 4711, note: "", evidence: [], actor: "ben") == .unknown)
            let kept: Int64 = try await planning.database.pool.value("select count(*) from rota.evidence")
            #expect(kept == 1)
            #expect(try await acts(planning) == ["complete run/\(task)"])
        }
    }

    @Test func `a job is paused once, and resumed once`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            let store = planning.store
            #expect(try await store.resume(job: "job", actor: "anna") == .notPaused)
            #expect(try await store.pause(job: "job", reason: "why", until: nil, actor: "anna") == .paused)
            let pause = Pause(reason: "why", actor: "anna", since: instant(Planning.start), until: nil)
            #expect(
                try await store.pause(job: "job", reason: "again", until: nil, actor: "ben") == .alreadyPaused(pause))
            #expect(try await store.resume(job: "job", actor: "ben") == .resumed)
            #expect(try await store.resume(job: "job", actor: "ben") == .notPaused)
            #expect(try await store.pause(job: "nope", reason: "x", until: nil, actor: "ben") == .unknown)
            #expect(try await store.resume(job: "nope", actor: "ben") == .unknown)
            #expect(try await acts(planning) == ["pause job/job", "resume job/job"])
        }
    }

    private static func task(
        _ name: String, cron: String, evidence: TaskAction.Evidence = .optional
    ) -> Job {
        Job(
            name: name, schedule: ScheduleRule(cron: cron),
            action: .task(TaskAction(assignee: "ops", steps: ["look"], evidence: evidence)))
    }

    private func addTwoClients(_ planning: Planning) async throws {
        let zeta = try await planning.estate.add(Client(name: "zeta", timezone: "UTC"))
        for (asset, client) in [("a", "acme"), ("b", "acme"), ("c", "zeta")] {
            try await planning.estate.add(Asset(name: asset, client: client, kind: "server"))
        }
        var job = Jobs.command(every: 3600)
        job.targets = TargetSelector(kinds: ["server"])
        try await planning.add(job)
        _ = try await planning.estate.add(job, for: zeta, plannedThrough: instant(Planning.start))
    }

    private func names(_ result: RequestResult) throws -> [String] {
        guard case .requested(let runs) = result else { return ["\(result)"] }
        return runs.map { "\($0.client) \($0.asset ?? "")" }
    }

    private func acts(_ planning: Planning) async throws -> [String] {
        try await planning.database.pool.query("select verb || ' ' || subject from rota.act order by id")
            .map { try $0.get(0) }
    }
}
