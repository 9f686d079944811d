import Model
import Recurrence
import Testing

@Suite struct ReviewTests {
    let review = TaskAction.Review(kinds: ["server", "laptop"], fact: "purchased", olderThan: Age("5y")!)
    let assets = [
        Asset(name: "old", client: "c", kind: "server", facts: ["purchased": "2019-05-01", "model": "T340"]),
        Asset(name: "oldest", client: "c", kind: "laptop", facts: ["purchased": "2018-01-02"]),
        Asset(name: "young", client: "c", kind: "server", facts: ["purchased": "2021-03-10"]),
        Asset(name: "unknown", client: "c", kind: "server"),
        Asset(name: "person", client: "c", kind: "person", facts: ["purchased": "1990-01-01"]),
    ]

    @Test func `a review lists what is too old, the oldest first, and what is not known`() throws {
        let list = review.checklist(of: assets, on: CivilDate("2026-03-10")!)
        #expect(
            list == [
                "oldest (laptop): purchased 2018-01-02, 8.1 years old",
                "old (server, T340): purchased 2019-05-01, 6.8 years old",
                "unknown (server): purchased is not known",
            ])
    }

    @Test func `a task is in a person's hands at once, with what is to be reviewed before its steps`() throws {
        let action = Action.task(TaskAction(assignee: "desk", steps: ["Order what is to be replaced"], review: review))
        let state = try Given.state(Given.job(action: action), targets: [nil], reviewable: assets)
        let plan = try state.plan(now: Given.at("09:00"))
        guard case .waiting("desk", let checklist) = plan.occurrences[0].runs[0].placement else {
            Issue.record("\(plan.occurrences)")
            return
        }
        #expect(checklist.count == 4 && checklist.last == "Order what is to be replaced")
    }

    @Test func `a review that finds nothing is done already`() throws {
        let action = Action.task(TaskAction(assignee: "desk", review: review))
        let state = try Given.state(Given.job(action: action), targets: [nil], reviewable: [assets[2]])
        let plan = try state.plan(now: Given.at("09:00"))
        #expect(
            plan.occurrences[0].runs[0].placement
                == .done(.succeeded, reason: "no purchased date lies more than 5y back"))
    }

    @Test func `an age of years is counted on the calendar`() {
        #expect(Age("5y")!.limit(on: CivilDate("2024-02-29")!) == CivilDate("2019-02-28"))
        #expect(Age("90d")!.limit(on: CivilDate("2026-03-31")!) == CivilDate("2025-12-31"))
        #expect(Age("0y") == nil && Age("5") == nil && Age("-1y") == nil && Age("1h") == nil)
    }
}
