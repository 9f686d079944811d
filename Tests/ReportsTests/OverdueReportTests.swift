import Model
import Recurrence
import Testing

@testable import Reports
@testable import Store

struct OverdueReportTests {
    static let held = OverdueReport.Row(
        client: "harbour-dental", job: "restore-test", asset: "hd-srv-01", run: 4711,
        due: Instant(rfc3339: "2026-02-01T02:00:00Z")!, late: Instant(rfc3339: "2026-02-03T10:00:00Z")!, state: .held,
        explanation: Explanation(
            reason: "window", why: "window nights opens at 2026-02-15T22:00:00Z",
            nextChance: Instant(rfc3339: "2026-02-15T22:00:00Z")))

    static let forgotten = OverdueReport.Row(
        client: "harbour-dental", job: "review", asset: nil, run: nil, due: Instant(rfc3339: "2026-02-14T02:00:00Z")!,
        late: Instant(rfc3339: "2026-02-15T02:00:00Z")!, state: nil,
        explanation: Explanation(reason: "scheduler", why: "no scheduler has planned it since 2026-02-13T02:00:00Z"))

    static let report = OverdueReport(
        asOf: Instant(rfc3339: "2026-02-15T10:00:00Z")!, rows: [held, forgotten], total: 2)

    @Test func `the shape of its JSON is the one that is promised`() {
        #expect(
            Self.report.json.json(.pretty) == """
                {
                  "asOf": "2026-02-15T10:00:00Z",
                  "overdue": [
                    {
                      "client": "harbour-dental",
                      "job": "restore-test",
                      "asset": "hd-srv-01",
                      "run": 4711,
                      "due": "2026-02-01T02:00:00Z",
                      "late": "2026-02-03T10:00:00Z",
                      "overdueSeconds": 1036800,
                      "state": "held",
                      "reason": "window",
                      "why": "window nights opens at 2026-02-15T22:00:00Z",
                      "nextChance": "2026-02-15T22:00:00Z"
                    },
                    {
                      "client": "harbour-dental",
                      "job": "review",
                      "asset": null,
                      "run": null,
                      "due": "2026-02-14T02:00:00Z",
                      "late": "2026-02-15T02:00:00Z",
                      "overdueSeconds": 28800,
                      "state": "unplanned",
                      "reason": "scheduler",
                      "why": "no scheduler has planned it since 2026-02-13T02:00:00Z",
                      "nextChance": null
                    }
                  ]
                }
                """)
    }

    @Test func `nothing overdue is an empty list`() {
        let empty = OverdueReport(asOf: Self.report.asOf, rows: [], total: 0)
        #expect(empty.json.json() == #"{"asOf":"2026-02-15T10:00:00Z","overdue":[]}"#)
        #expect(!empty.hasMore)
    }

    @Test func `a run's JSON has the members that are promised, in that order`() throws {
        let row = RunRow(
            run: 4711, job: "patch-servers", client: "harbour-dental", asset: nil, lane: .proactive, queue: "linux",
            due: Self.held.due, dueBy: nil,
            standing: .done(.succeeded, at: Self.held.late, reason: nil, actor: nil), attempts: 1,
            startedAt: Self.held.due, finishedAt: Self.held.late, worker: "w1", exitCode: 0)
        #expect(
            JSONValue(runs: [row]).json() == #"{"runs":[{"run":4711,"job":"patch-servers","client":"harbour-dental","#
                + #""asset":null,"lane":"proactive","state":"succeeded","due":"2026-02-01T02:00:00Z","#
                + #""startedAt":"2026-02-01T02:00:00Z","finishedAt":"2026-02-03T10:00:00Z","attempts":1,"#
                + #""worker":"w1","exitCode":0}]}"#)
    }
}
