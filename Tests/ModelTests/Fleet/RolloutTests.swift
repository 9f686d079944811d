import Model
import Recurrence
import Testing

/// Rings, soak, stopAfter: what may go, by what has become of those before.
@Suite struct RolloutTests {
    typealias Ring = RolloutTally.Ring

    static let now = Given.at("09:00")
    static let rollout = Rollout(
        rings: [
            .init(match: ["ring": "canary"], soak: Span("24h")!), .init(match: ["ring": "early"]), .init(match: [:]),
        ],
        stopAfter: .number(2))

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rings: [Int: Ring]
        var then: RolloutPosition
        var change: @Sendable (inout RolloutTally) -> Void = { _ in }
    }

    static let untouched = Ring(planned: 4, open: 4)
    static let yesterday = Given.at("2026-03-09T08:00")
    static func through(_ succeeded: Int, failed: Int = 0, at: Instant = yesterday) -> Ring {
        Ring(planned: succeeded + failed, succeeded: succeeded, failed: failed, lastFinished: at)
    }

    @Test(arguments: [
        Case(
            testDescription: "at first, the first ring goes", rings: [0: untouched, 1: untouched, 2: untouched],
            then: .going(ring: 0)),
        Case(
            testDescription: "as long as one run of a ring is open, the next waits",
            rings: [0: Ring(planned: 4, open: 1, succeeded: 3, lastFinished: yesterday), 1: untouched],
            then: .going(ring: 0)),
        Case(
            testDescription: "the next opens when the soak has passed", rings: [0: through(4), 1: untouched],
            then: .going(ring: 1)),
        Case(
            testDescription: "until then it waits for that moment",
            rings: [0: through(4, at: Given.at("08:59")), 1: untouched],
            then: .soaking(ring: 0, next: 1, until: Given.at("2026-03-11T08:59"))),
        Case(
            testDescription: "a ring that matches nobody is passed over", rings: [0: through(1), 2: untouched],
            then: .going(ring: 2)),
        Case(
            testDescription: "a ring with no success never opens the next",
            rings: [0: through(0, failed: 1), 1: untouched],
            then: .stopped(why: "ring 1 (ring=canary) had no success: 1 failed")),
        Case(
            testDescription: "a ring that was skipped as a whole had no success either",
            rings: [0: Ring(planned: 3, lastFinished: yesterday), 1: untouched],
            then: .stopped(why: "ring 1 (ring=canary) had no success: 3 not done")),
        Case(
            testDescription: "unless a person lets it pass", rings: [0: through(0, failed: 1), 1: untouched],
            then: .going(ring: 1), change: { $0.passed = [0] }),
        Case(
            testDescription: "as many failures as stopAfter are borne",
            rings: [0: through(2, failed: 2), 1: untouched],
            then: .going(ring: 1)),
        Case(
            testDescription: "one more stops it, over all rings together",
            rings: [0: through(2, failed: 2), 1: Ring(planned: 4, open: 3, failed: 1)],
            then: .stopped(why: "3 of 8 runs failed; stopAfter is 2")),
        Case(
            testDescription: "what a person has forgiven does not count again",
            rings: [0: through(2, failed: 2), 1: Ring(planned: 4, open: 3, failed: 1)], then: .going(ring: 1),
            change: { $0.forgiven = 3 }),
        Case(
            testDescription: "what is stopped stays so, whatever happens to its runs",
            rings: [0: through(4), 1: untouched],
            then: .stopped(why: "3 failed"), change: { $0.stopped = "3 failed" }),
        Case(
            testDescription: "what was aborted starts nothing more", rings: [0: through(4), 1: untouched],
            then: .aborted(why: "by ann"), change: { $0.aborted = "by ann" }),
        Case(
            testDescription: "over all clients, nobody opens a ring before all parts are planned",
            rings: [0: through(4), 1: untouched], then: .planning(clients: ["acme"]),
            change: { $0.unplanned = ["acme"] }),
        Case(testDescription: "at the end it is finished", rings: [0: through(4), 1: through(2)], then: .finished),
        Case(
            testDescription: "the last ring needs no success", rings: [0: through(4), 2: through(0, failed: 2)],
            then: .finished),
    ])
    func position(_ given: Case) {
        var tally = RolloutTally(rings: given.rings)
        given.change(&tally)
        #expect(Self.rollout.position(tally, now: Self.now) == given.then)
    }

    @Test func `a share of failures is of the set as it was planned, and rounded down`() {
        let rollout = Rollout(stopAfter: .share(5))
        func position(_ failed: Int, of planned: Int) -> RolloutPosition {
            rollout.position(
                RolloutTally(rings: [0: Ring(planned: planned, open: planned - failed, failed: failed)]), now: Self.now)
        }
        #expect(position(2, of: 59) == .going(ring: 0))
        #expect(position(3, of: 59) == .stopped(why: "3 of 59 runs failed; stopAfter is 2 (5%)"))
        #expect(position(1, of: 19) == .stopped(why: "1 of 19 runs failed; stopAfter is 0 (5%)"))
    }

    @Test func `the asset's label decides about its ring, and where it has none its client's`() {
        let pilot = Client(name: "acme", timezone: "UTC", labels: ["ring": "canary"])
        func ring(_ labels: [String: String]) -> Int {
            let asset = Asset(name: "srv", client: "acme", kind: "server", labels: labels)
            return Self.rollout.ring(of: RunSubject(client: pilot, asset: asset).labels)
        }
        #expect(ring([:]) == 0)
        #expect(ring(["ring": "early"]) == 1)
        #expect(ring(["ring": "late"]) == 2)
        #expect(Rollout(rings: [.init(match: ["a": "b"])]).ring(of: [:]) == 1, "what matches none comes last")
    }
}
