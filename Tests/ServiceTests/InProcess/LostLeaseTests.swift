import Model
import Recurrence
import Store
import Testing

/// A lease of 30 s from midnight and a minute, with 5 s of grace.
@Suite struct LostLeaseTests {
    private let grace = Duration.seconds(5)

    @Test func `a lost lease is taken over after lease and grace, and not before`() async throws {
        try await Planning.with { planning in
            let (worker, lease) = try await leased(planning)
            for early in ["00:01:30Z", "00:01:30.1Z", "00:01:35Z"] {
                try await planning.database.setClock("2026-03-02T" + early)
                #expect(try await planning.store.endLostLeases(grace: grace).isEmpty)
                #expect(try await planning.database.pool.standing().state == "leased")
            }
            try await planning.database.setClock("2026-03-02T00:01:35.000001Z")
            let lost = try await planning.store.endLostLeases(grace: grace)
            #expect(lost.map(\.attempt) == [lease.attempt])
            #expect(lost.map(\.worker) == ["worker"])
            let again = try #require(try await planning.lease(planning.worker("other")).first)
            #expect(again.run == lease.run)
            #expect(again.attempt > lease.attempt)
            // Its worker's end is not the job's fault.
            #expect(again.attempts == 0)
            #expect(again.losses == 1)
            #expect(try await planning.store.endLostLeases(grace: grace).isEmpty)
            _ = worker
        }
    }

    @Test func `a stale worker changes nothing, whatever it asks`() async throws {
        try await Planning.with { planning in
            let (worker, lease) = try await leased(planning)
            try await planning.database.setClock("2026-03-02T00:01:36Z")
            _ = try await planning.store.endLostLeases(grace: grace)
            let other = try await planning.worker("other")
            let again = try #require(try await planning.lease(other).first)

            let store = planning.store
            let success = Outcome(.succeeded)
            let done = Verdict.finish(.succeeded)
            for claimant in [worker, other] {
                let late = try await store.finish(
                    worker: claimant, lease: lease, outcome: success, verdict: done)
                #expect(!late)
                let renewal = try await store.renew(worker: claimant, attempts: [lease.attempt], length: .seconds(30))
                #expect(renewal.held.isEmpty)
                #expect(try await store.release(worker: claimant, attempts: [lease.attempt]) == 0)
            }
            // Nor does one worker speak for another's lease.
            let alien = try await store.finish(worker: worker, lease: again, outcome: success, verdict: done)
            #expect(!alien)
            #expect(try await store.release(worker: worker, attempts: [again.attempt]) == 0)
            #expect(try await planning.database.pool.standing().state == "leased")

            let own = try await store.finish(worker: other, lease: again, outcome: success, verdict: done)
            #expect(own)
            #expect(try await planning.database.pool.attempts(of: lease.run) == ["lost", "succeeded"])
        }
    }

    @Test func `a renewed lease is not lost`() async throws {
        try await Planning.with { planning in
            let (worker, lease) = try await leased(planning)
            try await planning.database.setClock("2026-03-02T00:01:29Z")
            let renewal = try await planning.store.renew(
                worker: worker, attempts: [lease.attempt], length: .seconds(30))
            #expect(renewal.held == [lease.attempt])
            try await planning.database.setClock("2026-03-02T00:02:04Z")
            #expect(try await planning.store.endLostLeases(grace: grace).isEmpty)
            try await planning.database.setClock("2026-03-02T00:02:04.1Z")
            #expect(try await planning.store.endLostLeases(grace: grace).count == 1)
        }
    }

    @Test func `a result that comes late counts as long as nobody else has the run`() async throws {
        try await Planning.with { planning in
            let (worker, lease) = try await leased(planning)
            try await planning.database.setClock("2026-03-02T00:01:34Z")
            let late = try await planning.store.finish(
                worker: worker, lease: lease, outcome: Outcome(.succeeded), verdict: .finish(.succeeded))
            #expect(late)
        }
    }

    @Test func `asked a second time, a finish says the same again`() async throws {
        try await Planning.with { planning in
            let (worker, lease) = try await leased(planning)
            for _ in 0..<2 {
                let result = try await planning.store.finish(
                    worker: worker, lease: lease, outcome: Outcome(.succeeded),
                    verdict: .finish(.succeeded))
                #expect(result)
            }
            #expect(try await planning.database.pool.attempts(of: lease.run) == ["succeeded"])
        }
    }

    @Test func `a run that was cancelled while its worker was lost is cancelled, and not done again`() async throws {
        try await Planning.with { planning in
            let (_, lease) = try await leased(planning)
            let answer = try await planning.store.cancel(run: lease.run, reason: "not needed", actor: "anna")
            #expect(answer == .asked(worker: "worker"))
            try await planning.database.setClock("2026-03-02T00:01:36Z")
            let lost = try await planning.store.endLostLeases(grace: grace)
            #expect(lost.map(\.verdict) == [.finish(.cancelled)])
            #expect(try await planning.database.pool.standing().state == "cancelled")
        }
    }

    @Test func `a run that has lost ten workers fails`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(cron: "1 0 2 3 *"))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let worker = try await planning.worker()
            for loss in 1...10 {
                #expect(try await planning.lease(worker).map(\.losses) == [loss - 1])
                try await planning.database.advance(by: .seconds(36))
                #expect(try await planning.store.endLostLeases(grace: grace).count == 1)
            }
            let run = try await planning.database.pool.standing()
            #expect(run.state == "failed")
            #expect(run.reason == "its worker was lost")
            #expect(try await planning.database.pool.attempts(of: run.run) == Array(repeating: "lost", count: 10))
        }
    }

    @Test func `a run whose window closed while its worker was lost waits for the next opening`() async throws {
        try await Planning.with { planning in
            try await planning.estate.add(
                WindowRule(name: "night", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3600)))
            try await planning.add(Jobs.command(cron: "0 0 2 3 *", window: "night"), from: "2026-03-01T12:00:00Z")
            try await planning.plan(at: "2026-03-02T02:49:50Z")
            let worker = try await planning.worker()
            #expect(try await planning.lease(worker).count == 1)
            try await planning.database.setClock("2026-03-02T02:50:30Z")
            #expect(try await planning.store.endLostLeases(grace: grace).count == 1)
            #expect(try await planning.lease(worker).isEmpty)
            try await planning.plan()
            let run = try await planning.database.pool.standing()
            #expect(run.state == "held")
            #expect(run.lookAt == instant("2026-03-03T02:00:00Z"))
        }
    }

    private func leased(_ planning: Planning) async throws -> (worker: Int64, lease: Lease) {
        try await planning.add(Jobs.command(every: 3600), from: "2026-03-01T23:01:00Z")
        try await planning.plan(at: "2026-03-02T00:01:00Z")
        let worker = try await planning.worker()
        return (worker, try #require(try await planning.lease(worker).first))
    }
}
