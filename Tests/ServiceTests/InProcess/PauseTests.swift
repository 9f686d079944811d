import Model
import Recurrence
import Store
import Testing

@Suite struct PauseTests {
    @Test func `what is handed back or tried again while its job is paused is held, and not taken before`() async throws
    {
        try await Planning.with { planning in
            for name in ["failing", "unused"] { try await planning.add(Jobs.command(name, every: 3600)) }
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            let leases = try await planning.lease(worker)
            for name in ["failing", "unused"] {
                _ = try await planning.store.pause(job: name, reason: "audit", until: nil, actor: "anna")
            }
            try await planning.plan()
            _ = try await planning.store.finish(
                worker: worker,
                [
                    EndedAttempt(leases[0], .finished(Outcome(.failed), .retry(after: .zero))),
                    EndedAttempt(leases[1], .released),
                ])
            #expect(try await planning.lease(worker).isEmpty)
            try await planning.plan()
            #expect(try await planning.database.pool.standings().map(\.hold) == ["paused", "paused"])
        }
    }

    @Test func `what waits before it is tried again is held by a pause, and still waits when that is over`()
        async throws
    {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            _ = try await planning.store.finish(
                worker: worker, lease: try #require(try await planning.lease(worker).first), outcome: Outcome(.failed),
                verdict: .retry(after: .seconds(1200)))
            #expect(try await pause(planning) == .paused)
            try await planning.plan(at: "2026-03-02T01:05:00Z")
            #expect(try await planning.database.pool.standing().hold == "paused")

            #expect(try await planning.store.resume(job: "job", actor: "anna") == .resumed)
            try await planning.plan(at: "2026-03-02T01:10:00Z")
            #expect(try await planning.database.pool.standing().state == "ready")
            #expect(try await planning.lease(worker).isEmpty)
            try await planning.database.setClock("2026-03-02T01:20:00Z")
            #expect(try await planning.lease(worker).count == 1)
        }
    }

    @Test func `what falls due while its job is paused is skipped, and never made up for`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            #expect(try await pause(planning) == .paused)
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let run = try await planning.database.pool.standing()
            #expect(run.state == "skipped")
            #expect(run.reason == "paused by anna: upgrade")

            try await planning.database.setClock("2026-03-02T00:01:30Z")
            #expect(try await planning.store.resume(job: "job", actor: "anna") == .resumed)
            try await planning.plan()
            #expect(try await planning.database.pool.standings().map(\.state) == ["skipped"])
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            #expect(try await planning.database.pool.standings().map(\.state) == ["skipped", "ready"])
        }
    }

    @Test(arguments: [nil, "2026-03-02T00:01:30Z"], [nil, "10m"])
    func `what was due while its job was paused is skipped, though nobody looked before that was over`(
        until: String?, lead: String?
    ) async throws {
        try await Planning.with { planning in
            var job = Jobs.command(every: 60)
            job.lead = lead.flatMap { Span($0) }
            try await planning.add(job)
            try await planning.plan()
            #expect(try await pause(planning, until: until) == .paused)
            // No scheduler lives while what is due at 00:01 is due.
            try await planning.database.setClock("2026-03-02T00:01:30Z")
            if until == nil { #expect(try await planning.store.resume(job: "job", actor: "anna") == .resumed) }
            try await planning.plan(at: "2026-03-02T00:02:00Z")
            let due = try await planning.database.pool.standings().filter { $0.due <= instant("2026-03-02T00:02:00Z") }
            #expect(due.map(\.state).first.map { ["skipped", "missed"].contains($0) } == true)
            #expect(due.map(\.state).last == "ready")
            try await planning.plan(at: "2026-03-02T00:03:00Z")
            let next = try await planning.database.pool.standings().first { $0.due == instant("2026-03-02T00:03:00Z") }
            #expect(next?.state == "ready")
        }
    }

    @Test func `what is resumed before anybody looked does not go for the past`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            #expect(try await pause(planning) == .paused)
            try await planning.database.setClock("2026-03-02T01:00:30Z")
            #expect(try await planning.store.resume(job: "job", actor: "anna") == .resumed)
            try await planning.plan()
            #expect(try await planning.database.pool.standings().map(\.state) == ["skipped"])
            #expect(try await planning.database.pool.standing().reason == "paused by anna: upgrade")
        }
    }

    @Test func `what was ready is held by the pause, and ready again afterwards`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            #expect(try await pause(planning) == .paused)
            try await planning.plan()
            let held = try await planning.database.pool.standing()
            #expect(held.state == "held")
            #expect(held.hold == "paused")
            #expect(try await planning.lease(worker).isEmpty)

            #expect(try await planning.store.resume(job: "job", actor: "anna") == .resumed)
            try await planning.plan()
            #expect(try await planning.lease(worker).map(\.run) == [held.run])
        }
    }

    @Test func `a pause with an end ends by itself`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            #expect(try await pause(planning, until: "2026-03-02T01:30:00Z") == .paused)
            try await planning.plan()
            #expect(try await planning.database.pool.standing().lookAt == instant("2026-03-02T01:30:00Z"))
            try await planning.plan(at: "2026-03-02T01:30:00Z")
            #expect(try await planning.database.pool.standing().state == "ready")
            #expect(try await planning.store.resume(job: "job", actor: "anna") == .notPaused)
            #expect(try await pause(planning) == .paused)
        }
    }

    @Test func `what somebody asks for is done although the job is paused`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            #expect(try await pause(planning) == .paused)
            _ = try await planning.store.requestRuns(job: "job", client: nil, asset: nil, actor: "anna")
            try await planning.plan()
            #expect(try await planning.database.pool.standing().state == "ready")
        }
    }

    @Test func `what a worker has in hand goes on through a pause`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 3600))
            try await planning.plan(at: "2026-03-02T01:00:00Z")
            let worker = try await planning.worker()
            let lease = try #require(try await planning.lease(worker).first)
            #expect(try await pause(planning) == .paused)
            try await planning.plan()
            let renewal = try await planning.store.renew(
                worker: worker, attempts: [lease.attempt], length: .seconds(30))
            #expect(renewal.held == [lease.attempt])
            #expect(renewal.cancelled.isEmpty)
        }
    }

    private func pause(_ planning: Planning, until: String? = nil) async throws -> PauseResult {
        try await planning.store.pause(job: "job", reason: "upgrade", until: until.map(instant), actor: "anna")
    }
}
