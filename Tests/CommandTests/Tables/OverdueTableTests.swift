import Model
import Recurrence
import Reports
import Store
import Testing

@testable import rota

struct OverdueTableTests {
    static let asOf = Instant(rfc3339: "2026-02-15T10:00:00Z")!

    static let report = OverdueReport(
        asOf: asOf,
        rows: [
            .init(
                client: "harbour-dental", job: "restore-test", asset: "hd-srv-01", run: 4711,
                due: Instant(rfc3339: "2026-02-01T02:00:00Z")!, late: Instant(rfc3339: "2026-02-03T10:00:00Z")!,
                state: .held,
                explanation: Explanation(
                    reason: "window", why: "window nights opens at 2026-02-15T22:00:00Z",
                    nextChance: Instant(rfc3339: "2026-02-15T22:00:00Z"))),
            .init(
                client: "harbour-dental", job: "review", asset: nil, run: nil,
                due: Instant(rfc3339: "2026-02-14T02:00:00Z")!, late: Instant(rfc3339: "2026-02-15T02:00:00Z")!,
                state: nil,
                explanation: Explanation(
                    reason: "scheduler", why: "no scheduler has planned it since 2026-02-13T02:00:00Z")),
        ], total: 2)

    @Test func `the morning's list says what is late, by how much, why, and when it can go`() {
        let lines = Table.overdue(Self.report).rendered(on: .none).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        #expect(
            lines == [
                "CLIENT JOB ASSET RUN LATE BY STATE WHY NEXT",
                "harbour-dental restore-test hd-srv-01 4711 12d held window nights opens at 2026-02-15T22:00:00Z in 12h",
                "harbour-dental review - - 8h unplanned no scheduler has planned it since 2026-02-13T02:00:00Z -",
            ])
    }

    @Test func `on a terminal the reasons stand under the rows`() {
        let terminal = Terminal(width: 80, hasBox: true, hasColour: false)
        #expect(
            Table.overdue(Self.report).rendered(on: terminal) == """
                ┌─────────────┬──────────────┬───────────┬──────┬─────────┬───────────┬────────┐
                │ client      │ job          │ asset     │  run │ late by │ state     │ next   │
                ├─────────────┼──────────────┼───────────┼──────┼─────────┼───────────┼────────┤
                │ harbour-de… │ restore-test │ hd-srv-01 │ 4711 │     12d │ held      │ in 12h │
                │   window nights opens at 2026-02-15T22:00:00Z                                │
                │ harbour-de… │ review       │ -         │    - │      8h │ unplanned │ -      │
                │   no scheduler has planned it since 2026-02-13T02:00:00Z                     │
                └─────────────┴──────────────┴───────────┴──────┴─────────┴───────────┴────────┘

                """)
    }
}
