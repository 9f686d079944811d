import Model
import Recurrence
import Store
import Testing

/// What a worker remembers of where it has been in a queue.
@Suite struct PlaceOfDeskTests {
    /// Of two jobs that are due later than the first, one comes before it by its priority.
    private static let estate =
        [Fleet.client("acme"), Fleet.server("one")] + [
            Fleet.job("first"), Fleet.job("after", cron: "0 10 * * *"),
            Fleet.job("before", cron: "0 10 * * *") { $0.priority = 100 },
        ]

    private static func jobs(_ fleet: Fleet, _ desk: WorkDesk, everywhere: Bool) async throws -> [String] {
        let turn = try await fleet.store.takeTurn(
            desk, ended: [],
            wanted: Wanted(most: 10, mostReactive: 10, length: .seconds(30), looksEverywhere: everywhere))
        return turn.leases.map(\.job.name)
    }

    @Test func `after a look at everything that took all there was it knows the place for one that is not`()
        async throws
    {
        try await Fleet.with(Self.estate) { fleet in
            let desk = WorkDesk(worker: fleet.worker)
            try await fleet.plan("02T09:00")
            #expect(try await Self.jobs(fleet, desk, everywhere: true) == ["first"])
            try await fleet.plan("02T10:00")
            #expect(try await Self.jobs(fleet, desk, everywhere: false) == ["after"])
            #expect(try await Self.jobs(fleet, desk, everywhere: false) == [])
            #expect(try await Self.jobs(fleet, desk, everywhere: true) == ["before"])
        }
    }
}
