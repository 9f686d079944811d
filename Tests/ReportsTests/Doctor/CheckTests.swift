import Model
import Recurrence
import Testing

@testable import Reports
@testable import Store

/// The decisions of the doctor, case by case.
struct CheckTests {
    private static let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    private static func server(_ change: (inout ServerHealth) -> Void = { _ in }) -> ServerHealth {
        var server = ServerHealth(
            version: "15.18", versionNumber: 150_018, database: "rota", user: "ann", address: nil, tls: nil,
            isPooled: false,
            encoding: "UTF8", isStandby: false, isReadOnly: false, synchronousCommit: "on", synchronousStandbys: "",
            fsync: true, fullPageWrites: true, autovacuum: true, trackCounts: true, maxConnections: 100,
            reservedConnections: 3, connections: 10, transactionAge: 1000, freezeAge: 200_000_000)
        change(&server)
        return server
    }

    @Test(
        arguments: [
            (nil, nil, Check.Result.ok), ("127.0.0.1", nil, .ok), ("::1", nil, .ok), ("10.0.0.7", nil, .warn),
            ("10.0.0.7", "TLSv1.3", .ok),
        ] as [(String?, String?, Check.Result)])
    func `a connection over a network has TLS`(address: String?, tls: String?, result: Check.Result) {
        let check = Check.connection(
            Self.server {
                $0.address = address
                $0.tls = tls
            })
        #expect(check.result == result)
    }

    @Test func `the server and the client library are new enough`() {
        #expect(Check.server(Self.server(), libpq: 150_018).result == .ok)
        #expect(Check.server(Self.server(), libpq: 150_018).seen == "PostgreSQL 15.18, libpq 15.18")
        #expect(Check.server(Self.server { $0.versionNumber = 140_011 }, libpq: 150_018).result == .fail)
        #expect(Check.server(Self.server(), libpq: 130_011).result == .fail)
    }

    @Test(
        arguments: [
            (1000, 200_000_000, Check.Result.ok), (399_999_999, 200_000_000, .ok), (400_000_001, 200_000_000, .warn),
            (900_000_000, 500_000_000, .ok), (1_000_000_001, 500_000_000, .warn), (1_500_000_001, 2_000_000_000, .fail),
        ] as [(Int64, Int64, Check.Result)])
    func `rows are frozen long before transactions run out`(age: Int64, begins: Int64, result: Check.Result) {
        let check = Check.wraparound(
            Self.server {
                $0.transactionAge = age
                $0.freezeAge = begins
            })
        #expect(check.result == result)
        #expect((check.mend == nil) == (result == .ok))
    }

    @Test(
        arguments: [(10, Check.Result.ok), (77, .ok), (78, .warn), (92, .warn), (93, .fail), (97, .fail)]
            as [(Int64, Check.Result)])
    func `connections are left`(used: Int64, result: Check.Result) {
        #expect(Check.connections(Self.server { $0.connections = used }).result == result)
    }

    @Test(arguments: [("a", 1), ("a, b", 1), ("FIRST 2 (a, b, c)", 2), ("ANY 3 (*)", 3), ("2 (a, b)", 2), ("*", 1)])
    func `how many standbys a commit waits for is read from the server's setting`(names: String, wanted: Int) {
        #expect(Check.wanted(names) == wanted)
    }

    @Test(
        arguments: [
            ("on", "", [], Check.Result.warn), ("off", "", [], .fail), ("local", "a", ["sync"], .warn),
            ("on", "a", [], .fail), ("on", "a", ["async"], .fail), ("on", "a", ["sync", "async"], .ok),
            ("remote_apply", "ANY 2 (a, b, c)", ["quorum"], .fail), ("on", "ANY 2 (a, b)", ["quorum", "quorum"], .ok),
            ("on", "a", [nil], .warn),
        ] as [(String, String, [String?], Check.Result)])
    func `commits wait for the standbys that are wanted`(
        commit: String, names: String, states: [String?], result: Check.Result
    ) {
        let server = Self.server {
            $0.synchronousCommit = commit
            $0.synchronousStandbys = names
        }
        let check = Check.replication(server, states.map { ConnectedStandby(name: "s", syncState: $0) })
        #expect(check.result == result)
    }

    @Test(
        arguments: [
            ([10, 20, 5000], Check.Result.ok), ([1001, 20, 1001], .warn), ([-1200, -1300, 9000], .warn),
            ([60_001, 60_002, 60_003], .fail), ([-61_000], .fail), ([], .warn),
        ] as [([Int], Check.Result)])
    func `clocks differ by what the middle one of several questions says`(millis: [Int], result: Check.Result) {
        let readings = millis.map { milliseconds in
            // The answer took 40 ms, of which nothing is the clock's.
            Check.ClockReading(
                asked: Self.now, told: Self.now + .milliseconds(20 - milliseconds),
                answered: Self.now + .milliseconds(40))
        }
        #expect(Check.clock(readings).result == result)
    }

    @Test(
        arguments: [
            (4, 3, Check.Result.ok), (3, 2, .ok), (2, 1, .warn), (1, 0, .fail),
        ] as [(Int, Int64, Check.Result)])
    func `months are made ahead`(count: Int, ahead: Int64, result: Check.Result) {
        let all = ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]
        let months = MonthHealth(
            months: Array(all.prefix(count)), current: "2026-02-01", ahead: ahead, spent: [], strays: 0)
        #expect(Check.months(months).map(\.result) == [result])
    }

    @Test func `dead rows are many where they are more than the limit, and twice the others`() {
        func table(_ live: Int64, _ dead: Int64) -> TableHealth {
            TableHealth(name: "ready", liveRows: live, deadRows: dead, vacuumedAt: nil, isLeftOut: false)
        }
        #expect(Check.deadRows([table(0, 1_000_000)]).result == .ok)
        #expect(Check.deadRows([table(0, 1_000_001)]).result == .warn)
        #expect(Check.deadRows([table(5_000_000, 9_000_000)]).result == .ok)
        #expect(Check.deadRows([]).result == .ok)
    }

    @Test(
        arguments: [("2025b", Check.Result.ok), ("2026a", .ok), ("2024b", .warn), (nil, .ok)]
            as [(
                String?, Check.Result
            )])
    func `time zone data of the year before last is old`(version: String?, result: Check.Result) {
        #expect(Check.zones(version: version, used: 1, problems: [], now: Self.now).result == result)
    }

    @Test func `an old snapshot is a warning, and wrong after an hour`() {
        func held(_ seconds: Int) -> [Check.Result] {
            let holder = SnapshotHolder(
                kind: .session, name: "7", who: "ann", since: Self.now - .seconds(seconds), transactions: 1)
            return Check.snapshots([holder], now: Self.now).map(\.result)
        }
        #expect(held(300) == [.ok])
        #expect(held(301) == [.warn])
        #expect(held(3601) == [.fail])
        let slot = SnapshotHolder(kind: .slot, name: "old", who: "", since: nil, transactions: 2_000_000)
        let check = Check.snapshots([slot], now: Self.now)
        #expect(check.map(\.result) == [.fail])
        #expect(check[0].seen.contains("for 2000000 transactions"))
    }

    @Test func `the JSON has every check under the name that is promised`() {
        let checks = [Check("clock", .ok, "it is right"), Check("acts", .fail, "broken", mend: "look")]
        #expect(
            checks.json.json() == """
                {"ok":false,"checks":[{"check":"clock","result":"ok","seen":"it is right","mend":null},\
                {"check":"acts","result":"fail","seen":"broken","mend":"look"}]}
                """)
    }
}
