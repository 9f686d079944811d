import Model
import Recurrence
import Store
import StoreTestSupport
import Testing

@testable import Reports

/// `rota why RUN`: every gate that a run has to pass, as a scheduler finds it.
struct GateTableTests {
    @Test func `what is open and what is closed is told, what would open it, and when the other job is due`()
        async throws
    {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-03-02T00:00:00Z")
            let store = Store(pool: database.pool)
            let action = Action.exec(ExecAction(command: ["true"], timeout: Span(seconds: 60)))
            let servers = TargetSelector(kinds: ["server"])
            _ = try await store.apply(
                documents: [
                    .client(Client(name: "acme", timezone: "UTC")),
                    .asset(Asset(name: "srv", client: "acme", kind: "server")),
                    .window(
                        WindowRule(
                            name: "nights", opens: ScheduleRule(cron: "0 22 * * *"), duration: Span("4h"))),
                    .job(
                        Job(
                            name: "backup", schedule: ScheduleRule(cron: "0 20 * * *"), targets: servers, action: action
                        )),
                    .job(
                        Job(
                            name: "patch", schedule: ScheduleRule(cron: "0 9 * * *"), window: "nights",
                            targets: servers,
                            overlap: .queue, requires: [.succeeded(job: "backup", within: Span("24h")!), .file("/x")],
                            action: action)),
                ], prune: false, dryRun: false, actor: "ann")
            try await database.setClock("2026-03-02T09:00:00Z")
            _ = try await store.planAssignments(most: 10)
            let run = try await store.runs(RunFilter(job: "patch"), lately: store.now()).rows[0].run
            let report = try #require(try await store.why(run: run))
            #expect(report.explanation.reason == "window")
            #expect(
                report.gates.map { "\($0.name) \($0.isOpen ? "open" : "closed"): \($0.why)" } == [
                    "paused open: nothing of it is paused", "overlap open: no earlier run on its target is open",
                    "window closed: window nights opens at 2026-03-02T22:00:00Z",
                    "requires closed: backup has never succeeded here; it must have in the last 24h; "
                        + "backup is due next at 2026-03-02T20:00:00Z",
                    "requires open: the worker looks for file /x just before it starts",
                    "worker closed: no live worker on queue default (never seen)",
                ])
            #expect(report.gates[2].opensAt == Instant(rfc3339: "2026-03-02T22:00:00Z"))
        }
    }
}
