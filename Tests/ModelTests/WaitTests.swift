import Model
import Recurrence
import Testing

/// What waits for a time, before a further attempt or until its target may be there, and is held meanwhile.
@Suite struct WaitTests {
    private static let half = Given.at("09:30")

    private static func nightly(_ whenOffline: Job.WhenOffline?) -> Job {
        var job = Given.job(ScheduleRule(cron: "0 9 * * *"), window: "nightly")
        job.whenOffline = whenOffline
        return job
    }

    /// What becomes of the one open run.
    private static func move(_ state: AssignmentState, _ now: String) throws -> Move {
        try #require(try state.plan(now: Given.at(now)).moves.first)
    }

    @Test func `what waits for a further attempt and is held meanwhile still waits for it`() throws {
        var run = Given.run(7, due: "09:00", .ready(notBefore: Self.half, startBy: nil))
        let pause = Pause(reason: "audit", actor: "anna", since: Given.at("09:05"), until: nil)
        let held = try Self.move(
            Given.state(pause: pause, planned: "09:00", open: [run]), "09:10")
        #expect(held.run.notBefore == Self.half)

        run.place = .held(.paused, lookAt: nil)
        run.notBefore = held.run.notBefore
        #expect(
            try Self.move(Given.state(planned: "09:00", open: [run]), "09:20").to
                == .ready(notBefore: Self.half, startBy: nil))
        #expect(
            try Self.move(Given.state(planned: "09:00", open: [run]), "09:40").to
                == .ready(notBefore: Given.at("09:00"), startBy: nil))
    }

    @Test func `nextWindow: held and let go in the same opening, it waits for the next all the same`() throws {
        let lastStart = Given.at("2026-03-11T01:30")
        var run = Given.run(7, due: "09:00", .held(.requires, lookAt: nil))
        run.notBefore = lastStart
        let state = try Given.state(
            Self.nightly(.nextWindow), window: Given.nightly(), planned: "22:00", open: [run])
        #expect(
            try Self.move(state, "23:00").to
                == .held(
                    .window, why: "window nightly opens at 2026-03-11T22:00:00Z",
                    lookAt: Given.at("2026-03-11T22:00")))
    }

    @Test func `nextWindow: it waits for the last start of the opening, also where its own was before that`() throws {
        var job = Self.nightly(.nextWindow)
        job.requires = [.succeeded(job: "backup", within: Given.span("24h"))]
        let half = Given.at("23:30")
        let run = Given.run(7, due: "09:00", .ready(notBefore: half + .seconds(1), startBy: half))
        let state = try Given.state(job, window: Given.nightly(), planned: "22:00", open: [run])
        let held = try Self.move(state, "23:30")
        #expect(held.run.notBefore == Given.at("2026-03-11T01:30"))
        guard case .held(.window, _, let lookAt) = held.to else {
            Issue.record("\(held)")
            return
        }
        #expect(lookAt == Given.at("2026-03-11T22:00"))
    }

    @Test func `what would be tried again after its last start waits for the next opening`() throws {
        let run = Given.run(
            7, due: "09:00",
            .ready(notBefore: Given.at("2026-03-11T01:50"), startBy: Given.at("2026-03-11T01:30")))
        let state = try Given.state(Self.nightly(nil), window: Given.nightly(), planned: "22:00", open: [run])
        guard case .held(.window, _, let lookAt) = try Self.move(state, "2026-03-11T01:20").to else {
            Issue.record("it is not held")
            return
        }
        #expect(lookAt == Given.at("2026-03-11T22:00"))
    }

    @Test func `what failed and was not tried again when the next is due has failed, and counts`() throws {
        var run = Given.run(7, due: "08:00", .ready(notBefore: Given.at("09:10"), startBy: nil))
        run.failures = 2
        let plan = try Given.state(open: [run]).plan(now: Given.at("09:00"))
        #expect(
            plan.moves.map(\.to) == [
                .done(
                    .failed,
                    reason: "failed 2 times, and not tried again before the next was due at 2026-03-10T09:00:00Z")
            ])
        #expect(!plan.occurrences[0].runs[0].placement.isDone(.skipped))
    }
}
