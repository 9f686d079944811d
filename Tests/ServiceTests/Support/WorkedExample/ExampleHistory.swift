import Recurrence
import StoreTestSupport
import TestSupport

/// What happened in the worked example, from November to January.
struct ExampleHistory: Sendable {
    var fleet: ExampleFleet
    var seed: UInt64
    /// All that was started, in the order of its end.
    var log: [Stretch] = []
    /// Where each run of the patching job stood at last.
    var standings: [Standing] = []
    /// When a person let the stopped rollout go on.
    var resumed: [Instant] = []

    var patches: [Stretch] { log.filter { $0.job == ExampleFleet.patching } }

    /// The patches of each client's occurrences.
    var rollouts: [Rollout: [Stretch]] {
        Dictionary(grouping: patches) { Rollout(client: $0.client, due: $0.due) }
    }

    struct Rollout: Hashable, Comparable {
        var client: String
        var due: Instant
        static func < (left: Rollout, right: Rollout) -> Bool { (left.due, left.client) < (right.due, right.client) }
    }

    /// It takes some seconds, so all tests of a process look at the same.
    static func shared() async throws -> ExampleHistory {
        try await flight.value(for: 0) {
            try await withMigratedDatabase(size: 4) { database in
                var course = try await ExampleCourse(database: database, luck: ExampleLuck(seed: 20_261_113))
                return try await course.run()
            }
        }
    }

    private static let flight = SingleFlight<Int, ExampleHistory>()
}
