import Model
import Recurrence
import Store
import Testing

@Suite struct ReminderTests {
    @Test func `a reminder is repeated until somebody acknowledges it`() async throws {
        try await Planning.with { planning in
            let worker = try await begin(planning)
            for repetition in 0..<3 {
                let lease = try #require(try await planning.lease(worker).first)
                #expect(lease.attempts == 0)
                try await deliver(lease, planning, worker: worker)
                let waiting = try await planning.database.pool.standing()
                #expect(waiting.state == "waiting")
                let again = instant("2026-03-02T01:00:00Z") + .seconds(3600 * (repetition + 1))
                #expect(waiting.lookAt == again)
                try await planning.plan(at: "\(again - .seconds(1))")
                #expect(try await planning.lease(worker).isEmpty)
                try await planning.plan(at: "\(again)")
            }
            try await deliver(try #require(try await planning.lease(worker).first), planning, worker: worker)
            let run = try await planning.database.pool.standing()
            let answer = try await planning.store.complete(run: run.run, note: "read", evidence: [], actor: "ben")
            #expect(answer == .completed)
            try await planning.plan(at: "2026-03-02T08:00:00Z")
            #expect(try await planning.database.pool.standing().state == "succeeded")
            #expect(try await planning.database.pool.attempts(of: run.run).count == 4)
        }
    }

    @Test func `a delivery that fails is tried again as the job says, each repetition anew`() async throws {
        try await Planning.with { planning in
            let worker = try await begin(planning)
            try await deliver(try #require(try await planning.lease(worker).first), planning, worker: worker)
            try await planning.plan(at: "2026-03-02T02:00:00Z")
            let lease = try #require(try await planning.lease(worker).first)
            let verdict = lease.job.verdict(on: .failed, failedBefore: lease.attempts, lossesBefore: lease.losses)
            #expect(verdict == .retry(after: .seconds(60)))
        }
    }

    private func begin(_ planning: Planning) async throws -> Int64 {
        try await planning.add(
            Job(
                name: "remind", schedule: ScheduleRule(cron: "0 1 2 3 *"), retry: RetryPolicy(attempts: 2),
                action: .remind(
                    RemindAction(
                        to: .file("reminders"), message: "read this", acknowledge: .required,
                        repeat: Span(seconds: 3600)))))
        try await planning.plan(at: "2026-03-02T01:00:00Z")
        return try await planning.worker()
    }

    private func deliver(_ lease: Lease, _ planning: Planning, worker: Int64) async throws {
        let verdict = lease.job.verdict(on: .succeeded, failedBefore: lease.attempts, lossesBefore: lease.losses)
        let result = try await planning.store.finish(
            worker: worker, lease: lease, outcome: Outcome(.succeeded, delivered: true), verdict: verdict)
        #expect(result)
    }
}
