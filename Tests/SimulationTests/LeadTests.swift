import Recurrence
import Testing

@testable import Model

/// `lead` says when a run is made, so that people see it in time.
struct LeadTests {
    /// Where nobody edits or cancels anything, nor are schedulers dead: what is made earlier is made by what is known then.
    @Test func `whether work is made ahead of its time changes nothing that happens`() throws {
        for seed in Seeds.chosen(usually: 4, of: 10) {
            let (ahead, prompt) = (try Self.history(seed, lead: Span(days: 2)), try Self.history(seed, lead: nil))
            let differences = ahead.differences(from: prompt)
            #expect(differences.isEmpty, "ROTA_SEED=\(seed): \(differences.prefix(5).joined(separator: "\n"))")
        }
    }

    private static func history(_ seed: UInt64, lead: Span?) throws -> History {
        try Drill.outcome(of: seed, change: { setLead(lead, &$0) }, without: isLeftOut)
    }

    /// But for tasks: a person has one in hand as soon as it is made.
    private static func setLead(_ lead: Span?, _ catalogue: inout Catalogue) {
        for (name, job) in catalogue.jobs { catalogue.jobs[name]?.lead = job.isTask ? nil : lead }
    }

    private static func isLeftOut(_ act: Drill.Act) -> Bool {
        switch act {
        case .killSchedulers, .edit, .cancel: true
        default: false
        }
    }
}
