import Model
import Postgres
import Recurrence
import SeededDice
import Store
import Testing

/// Everybody at once, in an order that chance makes: whatever it is, no run is lost, doubled or done by two.
@Suite struct PlacesRaceTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `no order of planning, leasing, finishing and cancelling breaks a law`(seed: UInt64) async throws {
        print("PlacesRaceTests: seed \(seed)")
        try await Planning.with { planning in
            for name in ["a", "b", "c"] {
                try await planning.estate.add(Asset(name: name, client: "acme", kind: "server"))
            }
            for number in 0..<3 {
                var job = Jobs.command("job-\(number)", every: 20)
                job.targets = TargetSelector(kinds: ["server"])
                job.retry = RetryPolicy(attempts: 3, wait: Span(seconds: 5))
                try await planning.add(job)
            }
            try await withThrowingTaskGroup { group in
                for actor in 0..<5 as Range<UInt64> {
                    let worker = try await planning.worker("worker-\(actor)")
                    group.addTask {
                        try await Disorder(planning: planning, worker: worker, seed: seed * 100 + actor).run(steps: 120)
                    }
                }
                try await group.waitForAll()
            }
            try await expectLaws(planning, seed: seed)
        }
    }

    private func expectLaws(_ planning: Planning, seed: UInt64) async throws {
        let pool = planning.database.pool
        let runs = try await pool.standings()
        #expect(runs.count > 30, "seed \(seed): \(runs.count)")
        // A run that stood in two places would be here twice.
        #expect(Set(runs.map(\.run)).count == runs.count, "seed \(seed)")
        #expect(!runs.contains { $0.state == "nowhere" }, "seed \(seed)")
        let moments = runs.filter { $0.lane == "proactive" }.map { "\($0.job) \($0.asset ?? "") \($0.due)" }
        #expect(Set(moments).count == moments.count, "seed \(seed)")

        let overlapping: Int64 = try await pool.value(
            """
            select count(*) from (
                select leased_at < lag(ended_at) over (partition by run_id order by id)
                from (
                    select id, run_id, leased_at, ended_at from rota.attempt
                    union all select attempt_id, run_id, leased_at, null from rota.leased
                ) attempt
            ) pair (is_broken) where is_broken
            """)
        #expect(overlapping == 0, "seed \(seed)")
        let doneTwice: Int64 = try await pool.value(
            """
            select count(*) from (
                select run_id from rota.attempt where ended_as = 'succeeded' group by run_id having count(*) > 1
            ) twice
            """)
        #expect(doneTwice == 0, "seed \(seed)")
        let unearned: Int64 = try await pool.value(
            """
            select count(*) from rota.done d
            where d.state = 'succeeded' and not exists (
                select from rota.attempt a where a.run_id = d.run_id and a.ended_as = 'succeeded')
            """)
        #expect(unearned == 0, "seed \(seed)")
    }
}

/// One of those who act at once.
private struct Disorder: Sendable {
    let planning: Planning
    let worker: Int64
    let seed: UInt64

    func run(steps: Int) async throws {
        var chance = Chance(seed: seed)
        for _ in 0..<steps {
            switch chance.below(12) {
            case 0...2: _ = try await planning.store.planAssignments(most: 2)
            case 3...6: try await work(&chance)
            case 7: _ = try await planning.store.endLostLeases(grace: .zero)
            case 8: _ = try await planning.store.cancel(run: chance.run, reason: nil, actor: "anna")
            case 9: _ = try await planning.store.retry(run: chance.run, actor: "ben")
            case 10: try await pauseAndResume(&chance)
            default: try await planning.database.advance(by: .seconds(Int64(chance.below(20))))
            }
        }
    }

    private func work(_ chance: inout Chance) async throws {
        let length = Duration.seconds(10)
        for lease in try await planning.lease(worker, most: 1 + chance.below(3), length: length) {
            let store = planning.store
            switch chance.below(8) {
            case 0: break  // Forgotten: it is lost some time.
            case 1: _ = try await store.release(worker: worker, attempts: [lease.attempt])
            case 2: _ = try await store.renew(worker: worker, attempts: [lease.attempt], length: length)
            case 3:
                let verdict = lease.job.verdict(on: .failed, failedBefore: lease.attempts, lossesBefore: lease.losses)
                _ = try await store.finish(
                    worker: worker, lease: lease, outcome: Outcome(.failed), verdict: verdict)
            default:
                _ = try await store.finish(
                    worker: worker, lease: lease, outcome: Outcome(.succeeded), verdict: .finish(.succeeded))
            }
        }
    }

    private func pauseAndResume(_ chance: inout Chance) async throws {
        let job = "job-\(chance.below(3))"
        _ = try await planning.store.pause(job: job, reason: "chance", until: nil, actor: "anna")
        _ = try await planning.store.planAssignments(most: 1)
        _ = try await planning.store.resume(job: job, actor: "anna")
    }
}

/// Numbers by chance, the same for the same seed.
private struct Chance {
    private var dice: Dice

    init(seed: UInt64) { dice = Dice(seed) }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A run that may be there.
    var run: Int64 {
        mutating get { Int64(1 + below(300)) }
    }

    private mutating func next() -> UInt64 { dice.next() }
}
