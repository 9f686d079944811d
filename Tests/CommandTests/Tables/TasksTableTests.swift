import Recurrence
import Reports
import Testing

@testable import Store
@testable import rota

struct TasksTableTests {
    private static let now = Instant(rfc3339: "2026-02-15T10:00:00Z")!

    @Test func `what a person is to decide about says so, as text and as JSON`() {
        let row = TaskRow(
            run: 4711, job: "pay", client: "acme", asset: "srv-1", kind: .unknown, assignee: nil,
            checklist: ["nobody knows how it ended"], since: Self.now, due: Self.now, dueBy: nil, summary: "pay them")
        let lines = Table.tasks([row], now: Self.now).rendered(on: .none).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        #expect(
            lines == [
                "RUN FOR DUE BY CLIENT JOB ASSET WHAT",
                "4711 (decide) - acme pay srv-1 nobody knows how it ended",
            ])
        #expect(row.json["kind"] == "unknown" && row.json["run"] == 4711)
    }
}
