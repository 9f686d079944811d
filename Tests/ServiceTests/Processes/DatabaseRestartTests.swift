import FaultRig
import Glibc
import Postgres
import Recurrence
import TestSupport
import Testing

@Suite struct DatabaseRestartTests {
    private let jobs = 10

    @Test func `after each fault of the database everything goes on by itself`() async throws {
        try await Scene.withCluster { scene, cluster in
            try await Watch.prepare(scene.pool)
            let begin = WallClock.read()
            let jobs = (0..<jobs).map { scene.job("job-\($0)", every: 2) }
            try await scene.estate.add(jobs, for: Scene.client, plannedThrough: begin)
            let (held, gate) = (try scene.pipe("long"), try scene.gate("long"))
            try await scene.add(scene.job("long", "gate"))
            for name in ["scheduler-a", "scheduler-b"] { _ = try await scene.startScheduler(name) }
            for name in ["worker-a", "worker-b"] { _ = try await scene.startWorker(name, slots: 12, lease: "8s") }
            let long = try await scene.request("long")
            #expect(try await held.next("the long command") != .silence)

            try await goesOn(scene, after: "a fast restart") { try await cluster.restart(.fast) }
            try await goesOn(scene, after: "an immediate restart") { try await cluster.restart(.immediate) }
            try await goesOn(scene, after: "the end of every session") {
                let connection = try await Connection.connect(cluster.configuration(database: "template1"))
                try await connection.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where backend_type = 'client backend' and pid <> pg_backend_pid()
                    """)
                await connection.close()
            }
            try gate.open()
            try await expectLaws(scene, begin: begin, jobs: jobs.map(\.name), long: long)
        }
    }

    /// The fault, and after it a run that was due since, and is done.
    private func goesOn(
        _ scene: Scene, after name: String, _ fault: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await fault()
        let back = WallClock.read()
        // It is due two seconds later at most. How soon it is done is a figure of docs/faults.md.
        try await scene.watch.until(
            "a run after \(name)", within: .seconds(20), witness: { scene.report },
            """
            select exists (
                select from rota.run r join rota.done d on d.run_id = r.id
                where r.due_at >= $1 and d.state = 'succeeded')
            """, [back])
        let first: Instant = try await scene.pool.value(
            """
            select min(d.finished_at) from rota.run r join rota.done d on d.run_id = r.id
            where r.due_at >= $1 and d.state = 'succeeded'
            """, [back])
        print("database: the first run after \(name) was done \(first - back) after its return")
    }

    private func expectLaws(_ scene: Scene, begin: Instant, jobs: [String], long: Int64) async throws {
        let through = Instant(seconds: WallClock.read().seconds / 2 * 2)
        // A lease whose answer was lost with its connection is known only once it has run out.
        try await scene.watch.until(
            "the end of all runs", within: .seconds(40), witness: { scene.report },
            """
            select count(*) = $3 and not exists (
                select from rota.run r left join rota.done d on d.run_id = r.id
                where (r.due_at <= $1 or r.id = $2) and d.run_id is null)
            from rota.occurrence where due_at = $1
            """, [through, long, Int64(jobs.count)])
        let laws = Laws(scene: scene)
        let expected = Laws.moments(of: jobs, every: 2, after: begin, through: through)
        let runs = try await laws.expectOneRunEach(expected, through: through)
        try await laws.expectDoneOnce(runs)
        try await laws.expectNoTwoHands()
        let states = Dictionary(grouping: runs, by: \.state).mapValues(\.count)
        print("database: \(runs.count) runs through three faults: \(states)")
        let attempts = try await scene.pool.attempts(of: long)
        #expect(attempts.last == "succeeded", "\(attempts)")
        #expect(attempts.dropLast().allSatisfy { $0 == "lost" }, "\(attempts)")
    }
}
