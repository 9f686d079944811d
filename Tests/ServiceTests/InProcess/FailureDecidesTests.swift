import Model
import Recurrence
import Store
import Testing

/// A failure may stop a rollout or pause a job: until a scheduler has looked at it, nobody starts what it may stop.
@Suite struct FailureDecidesTests {
    private static let estate = [Fleet.client("acme"), Fleet.server("one"), Fleet.server("two"), Fleet.server("three")]

    /// Ends a run and takes what comes next in the same transaction, as a worker does.
    private static func turn(_ fleet: Fleet, _ lease: Lease, succeeds: Bool) async throws -> [String] {
        let end = EndedAttempt(
            lease,
            .finished(Outcome(succeeds ? .succeeded : .failed), .finish(succeeds ? .succeeded : .failed)))
        let turn = try await fleet.store.takeTurn(
            WorkDesk(worker: fleet.worker), ended: [end],
            wanted: Wanted(most: 10, mostReactive: 10, length: .seconds(30)))
        return turn.leases.map { $0.asset?.name ?? $0.client.name }
    }

    @Test func `the place of a run that failed is not taken before its rollout was looked at`() async throws {
        let rollout = Rollout(atOnce: .number(1), stopAfter: .number(0))
        try await Fleet.with(Self.estate + [Fleet.job("patch") { $0.rollout = rollout }]) { fleet in
            try await fleet.plan("02T09:00")
            let first = try #require(try await fleet.planning.lease(fleet.worker).first)
            #expect(try await Self.turn(fleet, first, succeeds: false) == [])
            try await fleet.plan()
            #expect(Set(try await fleet.standing("patch").values) == ["approval"])
        }
    }

    @Test func `a job whose retries do not fit before the next is due is paused by its failure all the same`()
        async throws
    {
        let documents = [Fleet.client("acme"), Fleet.server("one")]
        try await Fleet.with(documents + [Fleet.job("patch", cron: "0 * * * *") { $0.pauseOnFailure = true }]) {
            fleet in
            try await fleet.plan("02T09:00")
            let first = try #require(try await fleet.planning.lease(fleet.worker).first)
            _ = try await fleet.store.finish(
                worker: fleet.worker, lease: first, outcome: Outcome(.failed), verdict: .retry(after: .seconds(3660)))
            try await fleet.planning.database.setClock("2026-03-02T10:00:00Z")
            _ = try await fleet.store.planAssignments(most: 10)
            #expect(try await fleet.planning.lease(fleet.worker).isEmpty, "nobody has looked at the failure")
            try await fleet.plan()
            #expect(try await fleet.standing("patch") == ["one": "paused"])
            let states = try await fleet.planning.database.pool.standings().map(\.state)
            #expect(states.filter { $0 != "missed" }.sorted() == ["failed", "held"])
        }
    }

    @Test func `a failure that is borne keeps the others waiting for that look alone, and a success for nothing`()
        async throws
    {
        let rollout = Rollout(atOnce: .number(1), stopAfter: .number(1))
        try await Fleet.with(Self.estate + [Fleet.job("patch") { $0.rollout = rollout }]) { fleet in
            try await fleet.plan("02T09:00")
            let first = try #require(try await fleet.planning.lease(fleet.worker).first)
            #expect(try await Self.turn(fleet, first, succeeds: false) == [])
            try await fleet.plan()
            let second = try #require(try await fleet.planning.lease(fleet.worker).first)
            #expect(try await Self.turn(fleet, second, succeeds: true).count == 1)
        }
    }

    @Test func `what pauses on failure starts nothing either; what does neither goes on`() async throws {
        let documents =
            Self.estate + [
                Fleet.job("sync") {
                    $0.pauseOnFailure = true
                    $0.atOnce = 1
                },
                Fleet.job("scan") { $0.atOnce = 1 },
            ]
        try await Fleet.with(documents) { fleet in
            try await fleet.plan("02T09:00")
            let first = try await fleet.planning.lease(fleet.worker)
            let sync = try #require(first.first { $0.job.name == "sync" })
            let scan = try #require(first.first { $0.job.name == "scan" })
            #expect(try await Self.turn(fleet, sync, succeeds: false) == [])
            #expect(try await Self.turn(fleet, scan, succeeds: false).count == 1)
            try await fleet.plan()
            #expect(Set(try await fleet.standing("sync").values) == ["paused"])
        }
    }

    @Test func `a stopped rollout of which nothing is left is nobody's to resume`() async throws {
        let rollout = Rollout(stopAfter: .number(0))
        try await Fleet.with(Self.estate + [Fleet.job("patch") { $0.rollout = rollout }]) { fleet in
            try await fleet.plan("02T09:00")
            let leases = try await fleet.planning.lease(fleet.worker)
            for lease in leases { try await fleet.end(lease, succeeds: false) }
            try await fleet.plan()
            let answer = try await fleet.store.resumeRollouts(job: "patch", client: nil, reason: "known", actor: "ann")
            #expect(leases.count == 3 && answer == .nothing)
        }
    }
}
