import Model
import Recurrence
import Testing

@Suite struct GateTests {
    let job = Given.job(ScheduleRule(cron: "0 9 * * *"), window: "nightly")

    @Test func `outside its window a run is held, and looked at when the window opens`() throws {
        let plan = try Given.state(job, window: Given.nightly()).plan(now: Given.at("09:00"))
        let placement = plan.occurrences[0].runs[0].placement
        #expect(
            placement == .held(.window, why: "window nightly opens at 2026-03-10T22:00:00Z", lookAt: Given.at("22:00")))
        #expect(plan.wakeAt == Given.at("22:00"))
    }

    @Test func `in its window a run is ready until the last moment from which it can finish in time`() throws {
        let held = Given.run(7, due: "09:00", .held(.window, lookAt: Given.at("22:00")))
        let state = try Given.state(job, window: Given.nightly(), planned: "21:00", open: [held])
        let plan = try state.plan(now: Given.at("22:00"))
        // Closes at 02:00; 30 minutes of cutoff are longer than the 10 minutes that it may take.
        let startBy = Given.at("2026-03-11T01:30")
        #expect(plan.moves.map(\.to) == [.ready(notBefore: Given.at("09:00"), startBy: startBy)])
        #expect(plan.wakeAt == Given.at("2026-03-11T01:30"))
    }

    @Test func `what was ready and not taken before the last start goes back`() throws {
        let ready = Given.run(
            7, due: "09:00", .ready(notBefore: Given.at("09:00"), startBy: Given.at("2026-03-11T01:30")))
        let state = try Given.state(job, window: Given.nightly(), planned: "2026-03-11T01:00", open: [ready])
        let plan = try state.plan(now: Given.at("2026-03-11T01:30"))
        guard case .held(.window, _, let lookAt)? = plan.moves.first?.to else {
            Issue.record("\(plan.moves)")
            return
        }
        #expect(lookAt == Given.at("2026-03-11T22:00"))
    }

    @Test func `what it lacks holds a run until its last start, and then its window does`() throws {
        var needing = job
        needing.requires = [.succeeded(job: "backup", within: Given.span("24h"))]
        var run = Given.run(7, due: "09:00", .held(.window, lookAt: Given.at("22:00")))
        let lastStart = Given.at("2026-03-11T01:30")
        let state = try Given.state(needing, window: Given.nightly(), planned: "21:00", open: [run])
        guard case .held(.requires, _, let lookAt)? = try state.plan(now: Given.at("22:00")).moves.first?.to else {
            Issue.record("it is not held by what it requires")
            return
        }
        #expect(lookAt == lastStart)
        run.place = .held(.requires, lookAt: lastStart)
        let later = try Given.state(needing, window: Given.nightly(), planned: "2026-03-11T01:00", open: [run])
        guard case .held(.window, _, _)? = try later.plan(now: lastStart).moves.first?.to else {
            Issue.record("it is not held by its window")
            return
        }
    }

    @Test func `a freeze says so`() throws {
        var freeze = ClosedDays()
        try freeze.addFreeze(from: CivilDate("2026-03-09")!, through: CivilDate("2026-03-11")!, reason: "Change freeze")
        let window = try Window.opening(
            .cron(CronExpression("0 8 * * *"), zone: .utc), duration: Given.span("4h"), cutoff: Span(), except: [freeze]
        )
        let plan = try Given.state(job, window: window).plan(now: Given.at("09:00"))
        guard case .held(.frozen, let why, let lookAt) = plan.occurrences[0].runs[0].placement else {
            Issue.record("\(plan.occurrences)")
            return
        }
        #expect(why.hasPrefix("Change freeze"))
        #expect(lookAt == Given.at("2026-03-12T08:00"))
    }

    @Test func `a freeze that takes the next opening is named between openings too`() throws {
        var freeze = ClosedDays()
        try freeze.addFreeze(from: CivilDate("2026-03-11")!, through: CivilDate("2026-03-12")!, reason: "Change freeze")
        let window = try Window.opening(
            .cron(CronExpression("0 8 * * *"), zone: .utc), duration: Given.span("30m"), cutoff: Span(),
            except: [freeze])
        func placement(at time: String, planned: String) throws -> Placement? {
            try Given.state(job, window: window, planned: planned).plan(now: Given.at(time)).occurrences.first?
                .runs[0].placement
        }
        // At nine of the tenth the window is shut for the day; tomorrow and the day after are frozen.
        guard case .held(.frozen, let why, let lookAt)? = try placement(at: "09:00", planned: "08:30") else {
            Issue.record("not held by the freeze")
            return
        }
        #expect(why == "Change freeze, until 2026-03-12; window nightly opens at 2026-03-13T08:00:00Z")
        #expect(lookAt == Given.at("2026-03-13T08:00"))
        guard
            case .held(.window, "window nightly opens at 2026-03-14T08:00:00Z", _)? = try placement(
                at: "2026-03-13T09:00", planned: "2026-03-13T08:30")
        else {
            Issue.record("what is past holds nothing")
            return
        }
    }

    @Test func `what falls due while its job is paused is skipped, and what was ready is held`() throws {
        let pause = Pause(reason: "vendor visit", actor: "ana", since: Given.at("08:00"), until: Given.at("12:00"))
        let ready = Given.run(7, due: "08:00", .ready(notBefore: Given.at("08:00"), startBy: nil))
        let before = try Given.state(pause: pause, open: [ready]).plan(now: Given.at("08:45"))
        #expect(
            before.moves.map(\.to) == [.held(.paused, why: "paused by ana: vendor visit", lookAt: Given.at("12:00"))])
        let due = try Given.state(pause: pause).plan(now: Given.at("09:00"))
        #expect(due.occurrences[0].runs[0].placement == .done(.skipped, reason: "paused by ana: vendor visit"))
    }

    @Test func `a pause ends by itself, and a person's run is not held by it`() throws {
        let pause = Pause(reason: "vendor visit", actor: "ana", since: Given.at("07:00"), until: Given.at("08:40"))
        let held = Given.run(7, due: "08:00", .held(.paused, lookAt: Given.at("08:40")))
        let plan = try Given.state(pause: pause, open: [held]).plan(now: Given.at("08:40"))
        #expect(plan.moves.map(\.to) == [.ready(notBefore: Given.at("08:00"), startBy: nil)])
        let endless = Pause(reason: "vendor visit", actor: "ana", since: Given.at("07:00"), until: nil)
        let asked = Given.run(8, due: "08:31", .held(.planning, lookAt: nil), lane: .reactive)
        let second = try Given.state(pause: endless, open: [asked]).plan(now: Given.at("08:40"))
        #expect(second.moves.map(\.to) == [.ready(notBefore: Given.at("08:31"), startBy: nil)])
    }

    @Test func `a wait before a further attempt is kept`() throws {
        let waits = Given.run(7, due: "08:00", .ready(notBefore: Given.at("08:50"), startBy: nil))
        #expect(try Given.state(open: [waits]).plan(now: Given.at("08:45")).moves.isEmpty)
    }

    @Test func `a reminder that nobody acknowledged is repeated when its time comes`() throws {
        let waiting = Given.run(7, due: "08:00", .waiting(repeatAt: Given.at("08:50")))
        #expect(try Given.state(open: [waiting]).plan(now: Given.at("08:49")).wakeAt == Given.at("08:50"))
        let plan = try Given.state(open: [waiting]).plan(now: Given.at("08:50"))
        #expect(plan.moves.map(\.to) == [.ready(notBefore: Given.at("08:50"), startBy: nil)])
    }
}
