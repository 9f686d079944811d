import FaultRig
import Glibc
import Postgres
import Recurrence
import Testing

@Suite struct KilledWorkerTests {
    /// How long a lease lasts, and the grace after it.
    struct Terms: Sendable, CustomTestStringConvertible {
        var lease: Int64
        var grace: Int64
        var testDescription: String { "lease \(lease) s, grace \(grace) s" }

        static var all: [Terms] {
            [Terms(lease: 3, grace: 1)] + (Soak.isAsked ? [Terms(lease: 30, grace: 5)] : [])
        }
    }

    @Test(arguments: Terms.all)
    func `a killed worker's command dies, and another does the run within lease and grace`(terms: Terms) async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            let held = try scene.pipe("job")
            _ = try scene.gate("job")
            try await scene.add(scene.job("job", "once"))
            _ = try await scene.startScheduler(grace: "\(terms.grace)s")
            let first = try await scene.startWorker("first", lease: "\(terms.lease)s")
            let run = try await scene.request("job")
            guard case .line(let attempt) = try await held.next("the first attempt") else {
                Issue.record("the command wrote nothing")
                return
            }
            _ = try await scene.startWorker("second", lease: "\(terms.lease)s")
            let killed = WallClock.read()
            first.send(SIGKILL)
            #expect(try await first.end() == .signalled(SIGKILL))
            try await held.silence("the end of all that the command had started")
            let died = WallClock.read()
            let expiry: Instant = try await scene.pool.value(
                "select expires_at from rota.leased where run_id = $1", [run])

            let limit = Duration.seconds(terms.lease + terms.grace + 10)
            try await scene.waitForEnd(of: run, within: limit)
            #expect(try await scene.pool.attempts(of: run) == ["lost", "succeeded"])
            let entries = try scene.work.entries(of: run)
            #expect(entries.map(\.verb) == ["start", "start", "end"])
            #expect("\(entries[0].attempt)" == attempt)
            let again = entries[1].at
            #expect(died < again, "it died \(died), and was begun again \(again)")
            #expect(again >= expiry + .seconds(terms.grace), "begun \(again), before \(expiry) and the grace")
            // The scheduler looks each second and the worker is told; the rest is for a busy machine.
            let latest = killed + .seconds(terms.lease + terms.grace) + .seconds(3)
            #expect(again <= latest, "begun \(again), killed \(killed)")
        }
    }
}
