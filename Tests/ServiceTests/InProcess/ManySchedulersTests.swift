import Model
import Postgres
import Recurrence
import Store
import Testing

@Suite struct ManySchedulersTests {
    @Test func `schedulers that plan the same moments make each run once`() async throws {
        try await Planning.with { planning in
            let assets = try await assets(3, planning)
            for number in 0..<20 {
                var job = Jobs.command("job-\(number)", every: 60)
                job.targets = TargetSelector(kinds: ["server"])
                try await planning.add(job)
            }
            for minute in 1...10 {
                try await planning.database.setClock("2026-03-02T00:\(minute < 10 ? "0" : "")\(minute):00Z")
                try await planAtOnce(planning, schedulers: 4)
            }
            // Computed apart from the scheduler: each job, each asset, each minute.
            var expected: Set<String> = []
            for job in 0..<20 {
                for asset in assets {
                    for minute in 1...10 {
                        let due = instant(Planning.start) + .seconds(60 * minute)
                        expected.insert("job-\(job) \(asset) \(due)")
                    }
                }
            }
            let runs = try await planning.database.pool.standings().map { "\($0.job) \($0.asset ?? "") \($0.due)" }
            #expect(runs.count == expected.count)
            #expect(Set(runs) == expected)
        }
    }

    @Test func `moments that passed while nobody planned are all there, and only the last is run`() async throws {
        try await Planning.with { planning in
            for number in 0..<6 { try await planning.add(Jobs.command("job-\(number)", every: 60)) }
            try await planning.database.setClock("2026-03-02T00:30:30Z")
            try await planAtOnce(planning, schedulers: 3)
            let runs = try await planning.database.pool.standings()
            #expect(runs.count == 6 * 30)
            let last = instant("2026-03-02T00:30:00Z")
            for run in runs {
                #expect(run.state == (run.due == last ? "ready" : "missed"), "\(run)")
            }
        }
    }

    @Test func `planning the same moment again changes nothing`() async throws {
        try await Planning.with { planning in
            let assignment = try await planning.add(Jobs.command(every: 60))
            try await planning.plan(at: "2026-03-02T00:01:00Z")
            let before = try await planning.database.pool.standing()
            try await planning.database.execute(
                "update rota.assignment set wake_at = rota.now(), planned_through = '\(Planning.start)'")
            try await planning.plan()
            let after = try await planning.database.pool.standing()
            #expect(after.run == before.run)
            let through: Instant = try await planning.database.pool.value(
                "select planned_through from rota.assignment where id = $1", [assignment.id])
            #expect(through == instant("2026-03-02T00:01:00Z"))
        }
    }

    private func assets(_ count: Int, _ planning: Planning) async throws -> [String] {
        let names = (0..<count).map { "server-\($0)" }
        for name in names { try await planning.estate.add(Asset(name: name, client: "acme", kind: "server")) }
        return names
    }

    /// Several schedulers plan small batches, until none of them finds anything more.
    private func planAtOnce(_ planning: Planning, schedulers: Int) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<schedulers { group.addTask { try await planning.plan(batch: 3) } }
            try await group.waitForAll()
        }
        // What one of them was at, the others passed over and did not wait for.
        #expect(try await planning.plan().assignments == 0)
    }
}
