import Model
import Recurrence
import Testing

struct SnapshotTests {
    private static let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!
    private static let limit = Duration.seconds(300)

    private static func session(_ seconds: Int?, transactions: Int64 = 10, name: String = "7") -> SnapshotHolder {
        SnapshotHolder(
            kind: .session, name: name, who: "ann, psql", since: seconds.map { now - .seconds($0) },
            horizon: seconds.map { "7\($0)" } ?? "742", transactions: transactions)
    }

    @Test(arguments: [
        (session(300), false), (session(301), true), (session(5, transactions: 5_000_000), false),
        (session(nil), false), (session(nil, transactions: 1_000_001), true),
    ])
    func `a snapshot is old by its age, or where that is not known by the transactions since`(
        holder: SnapshotHolder, isOld: Bool
    ) {
        #expect(holder.isOld(now: Self.now, limit: Self.limit) == isOld)
    }

    @Test func `each holder is told once, and again after ten minutes as long as it goes on`() {
        var alarm = SnapshotAlarm()
        let (first, second) = (Self.session(400), Self.session(500, name: "8"))
        func told(_ holders: [SnapshotHolder], after seconds: Int) -> [String] {
            alarm.tell(holders, now: Self.now + .seconds(seconds), limit: Self.limit).map(\.name)
        }
        #expect(told([first, Self.session(10, name: "9")], after: 0) == ["7"])
        #expect(told([first, second], after: 60) == ["8"])
        var further = second
        // A long transaction takes new snapshots as it goes on, and is the same one.
        further.horizon = "900"
        #expect(told([first, further], after: 120) == [])
        #expect(told([first, second], after: 600) == ["7"])
        #expect(told([second], after: 660) == ["8"])
        // One that comes back under the same number is another.
        #expect(told([Self.session(350)], after: 700) == ["7"])
    }

    @Test func `one whose beginning cannot be seen counts from when it was seen first with the same horizon`() {
        var alarm = SnapshotAlarm()
        func told(_ horizon: String, after seconds: Int) -> [Instant?] {
            let holder = SnapshotHolder(
                kind: .session, name: "7", who: "ann", since: nil, horizon: horizon, transactions: 10)
            return alarm.tell([holder], now: Self.now + .seconds(seconds), limit: Self.limit).map(\.since)
        }
        #expect(told("742", after: 0) == [])
        #expect(told("742", after: 300) == [])
        #expect(told("742", after: 301) == [Self.now])
        #expect(told("750", after: 360) == [], "it has gone on, and holds another")
        #expect(told("750", after: 661) == [Self.now + .seconds(360)])
    }

    @Test func `it is said who holds it and how to end it, names quoted`() {
        let holder = SnapshotHolder(
            kind: .prepared, name: "it's", who: "ann", since: Self.now, transactions: 4)
        #expect(holder.inWords == "prepared transaction it's (ann)")
        #expect(holder.mend.hasSuffix("rollback prepared 'it''s'"))
        #expect(Self.session(1).mend.hasSuffix("select pg_terminate_backend(7)"))
    }
}
