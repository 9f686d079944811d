import Model
import Recurrence
import Testing

@testable import Reports
@testable import Store

struct ExplanationTests {
    static let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    static func at(_ time: String) -> Instant { Instant(rfc3339: "2026-02-15T\(time):00Z")! }

    static func row(_ standing: Standing, attempts: Int = 0) -> RunRow {
        RunRow(
            run: 7, job: "patch", client: "harbour", asset: "srv-1", lane: .proactive, queue: "linux", due: at("03:00"),
            dueBy: nil, standing: standing, attempts: attempts)
    }

    static let alive = QueueWatch.Server(
        name: "w1", queues: ["linux"], slots: 8, going: 6, seenAt: now, isAlive: true)
    static let dead = QueueWatch.Server(
        name: "w2", queues: ["linux"], seenAt: at("09:30"), isAlive: false)
    static let others = QueueWatch.Server(
        name: "w3", queues: ["linux"], clients: ["orchard"], seenAt: now, isAlive: true)

    struct Case: Sendable, CustomTestStringConvertible {
        var row: RunRow
        var servers: [QueueWatch.Server] = []
        var future: Explanation.Future?
        var reason: String
        var why: String
        var chance: Instant?

        var testDescription: String { why }
    }

    static let ready = row(.ready(since: at("03:00"), notBefore: at("03:00"), startBy: nil))

    /// Somebody asked for it.
    static let wanted: RunRow = {
        var row = ready
        row.lane = .reactive
        return row
    }()

    /// Made before it is due, at 21:00.
    static func ahead(_ standing: Standing) -> RunRow {
        var row = row(standing)
        row.due = at("21:00")
        return row
    }

    static func reserving(_ reserve: Int, going: Int, reactive: Int) -> QueueWatch.Server {
        QueueWatch.Server(
            name: "w4", queues: ["linux"], slots: 8, reserve: reserve, going: going, goingReactive: reactive,
            seenAt: now,
            isAlive: true)
    }

    static func parked(_ key: String, behind: [Int64] = [4]) -> RunRow {
        var row = ready
        row.parking = Parking(limit: RunLimit(key: key, most: behind.count), behind: behind)
        return row
    }

    static let cases = [
        Case(
            row: row(
                .held(
                    .window, why: "window nights opens at 2026-02-15T22:00:00Z", since: at("03:00"), lookAt: at("22:00")
                )),
            reason: "window", why: "window nights opens at 2026-02-15T22:00:00Z", chance: at("22:00")),
        Case(
            row: row(
                .held(
                    .window, why: "window nights opens at 2026-02-15T10:00:00Z", since: at("03:00"), lookAt: at("10:00")
                )),
            reason: "window",
            why: "window nights opens at 2026-02-15T10:00:00Z; no scheduler has looked at it since 2026-02-15T10:00:00Z"
        ),
        Case(
            row: row(.held(.paused, why: "paused by ann: audit", since: at("03:00"), lookAt: nil)), reason: "paused",
            why: "paused by ann: audit"),
        Case(
            row: ahead(.held(.paused, why: "paused by ann: audit", since: at("03:00"), lookAt: at("21:00"))),
            reason: "paused", why: "paused by ann: audit; it is skipped where that is so still at 2026-02-15T21:00:00Z"),
        Case(
            row: ahead(.held(.paused, why: "paused by ann: audit", since: at("03:00"), lookAt: at("20:00"))),
            reason: "paused", why: "paused by ann: audit", chance: at("20:00")),
        Case(
            row: row(.held(.approval, why: "its rollout is stopped: 3 failed", since: at("03:00"), lookAt: nil)),
            reason: "approval",
            why: "its rollout is stopped: 3 failed; a person decides, by rota rollout resume or abort"),
        Case(
            row: row(.held(.requires, why: "check has found something", since: at("03:00"), lookAt: at("12:01"))),
            reason: "requires", why: "check has found something"),
        Case(
            row: row(.held(.unknown, why: "its worker was lost", since: at("03:00"), lookAt: nil)), reason: "unknown",
            why:
                "nobody knows how it ended (its worker was lost), and it is not done again by itself: a person decides, "
                + "by rota complete, retry or cancel"),
        Case(
            row: parked("apart/harbour/ha=pair"), servers: [alive], reason: "apart",
            why: "run 4 is at work where ha=pair, and two such are kept apart"),
        Case(
            row: parked("job/patch", behind: [4, 5]), servers: [alive], reason: "limit",
            why: "runs 4, 5 are at work, and no more of job patch at once"),
        Case(
            row: ready, servers: [alive, others], reason: "worker",
            why: "waiting for a worker on queue linux (w1: 2 of 8 slots free)", chance: now),
        Case(
            row: wanted, servers: [reserving(6, going: 2, reactive: 2)], reason: "reserved",
            why: "waiting for a slot on queue linux (w4): 6 of 8 are free, and reserved for scheduled work"),
        Case(
            row: wanted, servers: [reserving(8, going: 0, reactive: 0)], reason: "reserved",
            why:
                "every slot on queue linux is reserved for scheduled work (w4): start a worker with a smaller --reserve"
        ),
        Case(
            row: wanted, servers: [reserving(6, going: 2, reactive: 1)], reason: "worker",
            why: "waiting for a worker on queue linux (w4: 6 of 8 slots free)", chance: now),
        Case(
            row: ready, servers: [reserving(6, going: 2, reactive: 2)], reason: "worker",
            why: "waiting for a worker on queue linux (w4: 6 of 8 slots free)", chance: now),
        Case(
            row: ready, servers: [dead, others], reason: "noWorker",
            why: "no live worker on queue linux (last seen 2026-02-15T09:30:00Z)"),
        Case(row: ready, servers: [others], reason: "noWorker", why: "no live worker on queue linux (never seen)"),
        Case(
            row: row(.ready(since: at("03:00"), notBefore: at("12:05"), startBy: nil), attempts: 2), servers: [alive],
            reason: "retry", why: "tried 2 times, and again at 2026-02-15T12:05:00Z", chance: at("12:05")),
        Case(
            row: row(.ready(since: at("03:00"), notBefore: at("12:05"), startBy: nil)), servers: [alive],
            reason: "due", why: "not before 2026-02-15T12:05:00Z", chance: at("12:05")),
        Case(
            row: row(.ready(since: at("03:00"), notBefore: at("12:05"), startBy: nil), attempts: 1), servers: [alive],
            reason: "retry", why: "tried once, and again at 2026-02-15T12:05:00Z", chance: at("12:05")),
        Case(
            row: row(.ready(since: at("03:00"), notBefore: at("03:00"), startBy: at("05:15"))), servers: [alive],
            reason: "window",
            why: "its last start was at 2026-02-15T05:15:00Z; a scheduler holds it until there is another"),
        Case(
            row: row(.leased(worker: "w1", since: at("11:58"), cancelAsked: false), attempts: 1), reason: "running",
            why: "worker w1 has had it since 2026-02-15T11:58:00Z"),
        Case(
            row: row(.leased(worker: "w1", since: at("11:58"), cancelAsked: true), attempts: 1), reason: "running",
            why: "worker w1 has had it since 2026-02-15T11:58:00Z, and was asked to end it"),
        Case(
            row: row(.waiting(assignee: "desk", since: at("03:00"), repeatAt: nil)), reason: "task",
            why: "waits for desk since 2026-02-15T03:00:00Z"),
        Case(
            row: row(.waiting(assignee: nil, since: at("03:00"), repeatAt: at("15:00"))), reason: "acknowledgement",
            why: "waits since 2026-02-15T03:00:00Z to be acknowledged, and is sent again at 2026-02-15T15:00:00Z"),
        Case(
            row: row(.done(.failed, at: at("03:20"), reason: "exit code 1", actor: nil), attempts: 3),
            future: .due(at("22:00"), start: at("23:00")), reason: "failed",
            why: "failed at 2026-02-15T03:20:00Z: exit code 1; due again at 2026-02-15T22:00:00Z", chance: at("23:00")),
        Case(
            row: row(.done(.failed, at: at("03:20"), reason: nil, actor: nil)), future: .paused(audit),
            reason: "paused",
            why: "failed at 2026-02-15T03:20:00Z; client/harbour paused by ann: audit; it is not due again until "
                + "somebody resumes it"),
        Case(
            row: row(.done(.missed, at: at("03:20"), reason: "not started before the next was due", actor: nil)),
            servers: [dead], future: .run(ready, then: nil), reason: "noWorker",
            why: "missed at 2026-02-15T03:20:00Z; run 7 is ready: no live worker on queue linux (last seen "
                + "2026-02-15T09:30:00Z)"),
        Case(
            row: row(.done(.failed, at: at("03:20"), reason: "exit code 1", actor: nil)),
            future: .run(
                row(.done(.skipped, at: at("04:00"), reason: "paused by ann: audit", actor: nil)),
                then: .due(at("22:00"), start: at("22:00"))), reason: "skipped",
            why: "failed at 2026-02-15T03:20:00Z: exit code 1; run 7 skipped at 2026-02-15T04:00:00Z: paused by ann: "
                + "audit; due again at 2026-02-15T22:00:00Z", chance: at("22:00")),
        Case(
            row: row(.done(.cancelled, at: at("03:20"), reason: nil, actor: "ann")), reason: "cancelled",
            why: "cancelled at 2026-02-15T03:20:00Z by ann"),
    ]

    private static let audit = Pause(
        reason: "audit", actor: "ann", since: at("01:00"), until: nil, subject: "client/harbour")

    @Test(arguments: cases) func `where a run stands is told in a sentence`(_ given: Case) {
        let told = Explanation(of: given.row, queues: QueueWatch(given.servers), future: given.future, now: Self.now)
        #expect(told == Explanation(reason: given.reason, why: given.why, nextChance: given.chance))
    }
}
