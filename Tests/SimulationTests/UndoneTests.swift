import SeededDice
import Testing

@testable import Model

/// People pause the wrong job, apply the wrong file, restart what was fine, and mend it at once.
struct UndoneTests {
    /// Where there is room for all: what is held and let go again stands elsewhere in its queue.
    @Test func `what is done and taken back at once changes nothing that happens`() throws {
        for seed in Seeds.chosen(usually: 4, of: 10) {
            let (calm, hasty) = (try Self.history(seed), try Self.history(seed, .undoes(Dice(seed))))
            let differences = calm.differences(from: hasty)
            #expect(differences.isEmpty, "ROTA_SEED=\(seed): \(differences.prefix(5).joined(separator: "\n"))")
        }
    }

    private static func history(_ seed: UInt64, _ meddling: Meddling? = nil) throws -> History {
        try Drill.outcome(of: seed, meddling: meddling, change: makeRoom, without: isLeftOut)
    }

    /// Which run is cancelled goes by the numbers of runs, which are not the same; edits may take the room.
    private static func isLeftOut(_ act: Drill.Act) -> Bool {
        switch act {
        case .slots, .cancel, .edit: true
        default: false
        }
    }

    private static func makeRoom(_ catalogue: inout Catalogue) {
        for name in catalogue.clients.keys { catalogue.clients[name]?.atOnce = nil }
        for name in catalogue.jobs.keys {
            catalogue.jobs[name]?.atOnce = nil
            catalogue.jobs[name]?.exclusive = nil
            catalogue.jobs[name]?.rollout?.atOnce = nil
            catalogue.jobs[name]?.rollout?.apart = nil
            catalogue.jobs[name]?.rollout?.across = nil
        }
    }
}
