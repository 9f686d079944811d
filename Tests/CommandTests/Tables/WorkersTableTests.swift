import Model
import Recurrence
import Reports
import Testing

@testable import Store
@testable import rota

struct WorkersTableTests {
    private static let now = Instant(rfc3339: "2026-02-15T10:00:00Z")!

    private static let answer = WorkerAnswer(
        workers: [
            ListedWorker(
                id: 7, name: "harbour", instance: "harbour/1/a", host: "h1", queues: ["default", "night"],
                clients: ["harbour-dental"], slots: 8, reserve: 6, going: 1, startedAt: now - .seconds(7260),
                seenAt: now - .seconds(3), endedAt: nil,
                drainAt: now - .seconds(5), drain: DrainOrder(actor: "ann", reason: "new disks"))
        ],
        inHand: [
            7: [
                RunInHand(
                    run: 4711, attempt: 12_001, job: "patch-servers", client: "harbour-dental", asset: "hd-srv-01",
                    lane: .proactive, since: now - .seconds(182))
            ]
        ], now: now)

    @Test func `a worker's row says where it is, what it serves, and what it has in hand`() {
        let lines = Table.workers(Self.answer).rendered(on: .none, wide: true).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        #expect(
            lines == [
                "WORKER HOST QUEUES CLIENTS STATE IN HAND SLOTS RESERVE STARTED SEEN INSTANCE DRAINED BY RUNS",
                "harbour h1 default, night harbour-dental draining 1 8 6 2h 1m ago 3s ago harbour/1/a ann: new disks "
                    + "4711 patch-servers on hd-srv-01 for harbour-dental (3m 2s)",
            ])
    }

    @Test func `the JSON of workers has their runs`() {
        #expect(
            Self.answer.json.json() == """
                {"workers":[{"name":"harbour","instance":"harbour/1/a","host":"h1","queues":["default","night"],\
                "clients":["harbour-dental"],"slots":8,"reserve":6,"state":"draining","inHand":1,"runs":[{"run":4711,\
                "attempt":12001,"job":"patch-servers","client":"harbour-dental","asset":"hd-srv-01",\
                "lane":"proactive","since":"2026-02-15T09:56:58Z"}],"startedAt":"2026-02-15T07:59:00Z",\
                "seenAt":"2026-02-15T09:59:57Z","endedAt":null,"drain":{"by":"ann",\
                "reason":"new disks","since":"2026-02-15T09:59:55Z"}}]}
                """)
    }
}
