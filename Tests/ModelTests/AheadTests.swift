import Recurrence
import Testing

@testable import Model

/// Runs that are made before they are due, as `lead` says.
struct AheadTests {
    @Test func `a run made ahead of its time is held until it is due`() throws {
        let plan = try Given.state(Given.job(lead: Given.span("10m"))).plan(now: Given.at("08:50"))
        guard case .held(.due, _, let lookAt) = plan.occurrences[0].runs[0].placement else {
            Issue.record("\(plan.occurrences[0].runs[0].placement)")
            return
        }
        #expect(lookAt == Given.at("09:00"))
        #expect(plan.wakeAt == Given.at("09:00"))
    }

    @Test func `a run made ahead takes the place of an older one once it is due, whatever holds it`() throws {
        let pause = Pause(reason: "move", actor: "dora", since: Given.at("07:00"), until: nil)
        let open = [(7, "08:00"), (8, "09:00"), (9, "10:00")].map { number, due in
            Given.run(number, due: due, .held(.paused, lookAt: number == 7 ? nil : Given.at(due)))
        }
        let state = try Given.state(
            Given.job(lead: Given.span("90m")), pause: pause, planned: "10:00", open: open)
        #expect(try state.plan(now: Given.at("08:30")).wakeAt == Given.at("09:00"))
        let moves = try state.plan(now: Given.at("09:00")).moves
        let why = "paused by dora: move"
        #expect(moves.map(\.run.id) == [7, 8])
        #expect(moves.first?.to.isDone(.missed) == true)
        #expect(moves.last?.to == .done(.skipped, reason: why))
    }

    @Test
    func `what is made ahead of its time is skipped if its job is paused when it is due, and not when it is made`()
        throws
    {
        let why = "paused by dora: move"
        #expect(try madeAhead(under: pause(until: "08:50")) == .held(.paused, why: why, lookAt: Given.at("08:50")))
        #expect(try madeAhead(under: pause()) == .held(.paused, why: why, lookAt: Given.at("09:00")))
        #expect(try heldRun(under: pause(), at: "09:00") == .done(.skipped, reason: why))
        let ready = Placement.ready(notBefore: Given.at("09:00"), startBy: nil)
        #expect(try heldRun(under: pause(until: "09:00"), at: "09:00") == ready)
        // What was due before the pause waits until it is over.
        let waiting = OpenRun.Place.held(.window, lookAt: Given.at("22:00"))
        let later = try heldRun(waiting, under: pause(since: "09:10"), at: "09:15")
        #expect(later == .held(.paused, why: why, lookAt: nil))
    }

    private func pause(since begin: String = "08:00", until end: String? = nil) -> Pause {
        Pause(reason: "move", actor: "dora", since: Given.at(begin), until: end.map { Given.at($0) })
    }

    private func madeAhead(under pause: Pause) throws -> Placement {
        let plan = try Given.state(Given.job(lead: Given.span("30m")), pause: pause).plan(now: Given.at("08:40"))
        return plan.occurrences[0].runs[0].placement
    }

    /// Where a run goes that was made ahead of its time, which is 09:00.
    private func heldRun(
        _ place: OpenRun.Place = .held(.due, lookAt: Given.at("09:00")), under pause: Pause, at now: String
    ) throws -> Placement? {
        let held = Given.run(8, due: "09:00", place)
        let job = Given.job(lead: Given.span("30m"))
        return try Given.state(job, pause: pause, planned: "09:00", open: [held]).plan(now: Given.at(now)).moves.first?
            .to
    }

    @Test func `a hundred are made ahead at most, each later one when another is due, and none is left out`() throws {
        let job = Given.job(ScheduleRule(cron: "* * * * *"), lead: Given.span("4h"))
        var state = try Given.state(job, planned: "08:30")
        var made: [Instant] = []
        var now = Given.at("08:30")
        for look in 0..<50 {
            let plan = try state.plan(now: now)
            made += plan.occurrences.map(\.due)
            #expect(plan.occurrences.count == (look == 0 ? 100 : 1))
            state.plannedThrough = plan.plannedThrough
            let next = try #require(plan.wakeAt)
            #expect(next == now + .seconds(60))
            now = next
        }
        #expect(made == (1...149).map { Given.at("08:30") + .seconds(60 * $0) })
        // A scheduler that was away makes what has passed, and again a hundred.
        state.plannedThrough = Given.at("08:30")
        let late = try state.plan(now: Given.at("08:40"))
        #expect(late.occurrences.count == 110)
    }

    @Test func `what was made ahead gives way when the next is due, and not when that is made`() throws {
        let job = Given.job(lead: Given.span("90m"))
        let early = Given.run(7, due: "09:00", .held(.due, lookAt: Given.at("09:00")))
        let late = Given.run(8, due: "10:00", .held(.due, lookAt: Given.at("10:00")))
        let made = try Given.state(job, planned: "09:00", open: [early]).plan(now: Given.at("08:40"))
        #expect(made.occurrences.map(\.due) == [Given.at("10:00")] && made.moves.isEmpty)
        let due = try Given.state(job, planned: "11:00", open: [early, late]).plan(now: Given.at("10:00"))
        #expect(due.moves.first { $0.run.id == 7 }?.to.isDone(.missed) == true)
        #expect(due.moves.first { $0.run.id == 8 }?.to == .ready(notBefore: Given.at("10:00"), startBy: nil))
    }

    @Test func `what was made ahead is skipped if the last is still going when it is due`() throws {
        let going = Given.run(7, due: "08:00", .leased)
        let held = Given.run(8, due: "09:00", .held(.due, lookAt: Given.at("09:00")))
        var state = try Given.state(Given.job(lead: Given.span("30m")), planned: "09:00", open: [going, held])
        #expect(try state.plan(now: Given.at("08:45")).moves.isEmpty)
        #expect(try state.plan(now: Given.at("09:00")).moves.first?.to.isDone(.skipped) == true)
        // Whatever has held it up to then.
        state.open[1].place = .held(.ring, lookAt: Given.at("09:00"))
        #expect(try state.plan(now: Given.at("09:00")).moves.first?.to.isDone(.skipped) == true)
    }

    private static let task = Action.task(TaskAction(assignee: "desk"))

    @Test func `a task made ahead of its time is handed out at once, or as soon as the last one is done`() throws {
        let job = Given.job(lead: Given.span("30m"), action: Self.task)
        let free = try Given.state(job).plan(now: Given.at("08:40"))
        #expect(free.occurrences[0].runs[0].placement == .waiting(assignee: "desk", checklist: []))
        let last = Given.run(7, due: "08:00", .waiting(repeatAt: nil))
        let made = try Given.state(job, open: [last]).plan(now: Given.at("08:40")).occurrences[0].runs[0].placement
        let held = Placement.held(
            .overlap, why: "an earlier run on the same target is not over", lookAt: Given.at("09:00"))
        #expect(made == held)
        let next = Given.run(8, due: "09:00", .held(.overlap, lookAt: Given.at("09:00")))
        let handed = try Given.state(job, planned: "09:00", open: [next]).plan(now: Given.at("08:50"))
        #expect(handed.moves.map(\.to) == [.waiting(assignee: "desk", checklist: [])])
        let after = Given.run(9, due: "10:00", .held(.overlap, lookAt: Given.at("10:00")))
        let both = try Given.state(job, planned: "10:00", open: [next, after]).plan(now: Given.at("08:50"))
        #expect(both.moves.map(\.run.id) == [8], "one of them is handed out")
        let late = try Given.state(job, planned: "09:00", open: [last, next]).plan(now: Given.at("09:00"))
        #expect(late.moves.map(\.to) == [.done(.skipped, reason: "run 7 was still waiting on this target")])
    }

    @Test func `a task in hand is replaced by one that was made ahead when that is due`() throws {
        var job = Given.job(lead: Given.span("30m"), action: Self.task)
        job.overlap = .replace
        let last = Given.run(7, due: "08:00", .waiting(repeatAt: nil))
        let next = Given.run(8, due: "09:00", .held(.overlap, lookAt: Given.at("09:00")))
        let plan = try Given.state(job, planned: "09:00", open: [last, next]).plan(now: Given.at("09:00"))
        #expect(plan.moves.first { $0.run.id == 7 }?.to.isDone(.cancelled) == true)
    }

    @Test func `what somebody asked for and is going has skipped what was made ahead, as what is made then`() throws {
        let asked = Given.run(7, due: "08:45", .leased, lane: .reactive)
        let held = Given.run(8, due: "09:00", .held(.due, lookAt: Given.at("09:00")))
        let ahead = try Given.state(Given.job(lead: Given.span("30m")), planned: "09:00", open: [asked, held])
            .plan(now: Given.at("09:00"))
        let prompt = try Given.state(open: [asked]).plan(now: Given.at("09:00"))
        let reason = Placement.done(.skipped, reason: "run 7 was still leased on this target")
        #expect(ahead.moves.map(\.to) == [reason])
        #expect(prompt.occurrences[0].runs[0].placement == reason)
    }

    @Test func `what was made ahead is missed where nobody looked in time and catchUp is none`() throws {
        var job = Given.job(lead: Given.span("30m"))
        job.catchUp = Job.CatchUp.none
        let held = Given.run(8, due: "09:00", .held(.due, lookAt: Given.at("09:00")))
        let state = try Given.state(job, planned: "09:00", open: [held])
        #expect(
            try state.plan(now: Given.at("09:01")).moves.first?.to == .ready(notBefore: Given.at("09:00"), startBy: nil)
        )
        #expect(try state.plan(now: Given.at("09:02")).moves.first?.to.isDone(.missed) == true)
    }

    @Test func `what was made ahead is judged when it is due though lead was taken away since`() throws {
        let open = [
            Given.run(7, due: "08:00", .held(.window, lookAt: Given.at("22:00"))),
            Given.run(8, due: "09:00", .held(.paused, lookAt: Given.at("09:00"))),
        ]
        let moves = try Given.state(pause: pause(), planned: "09:00", open: open).plan(now: Given.at("09:00")).moves
        #expect(moves.map { $0.to.isDone(.missed) } == [true, false])
        #expect(moves.last?.to == .done(.skipped, reason: "paused by dora: move"))
    }

    @Test(arguments: [nil, "30m"]) func `what is skipped itself replaces nothing`(lead: String?) throws {
        #expect(try replaced(lead: lead, pause: pause()) == [])
        #expect(try replaced(lead: lead, pause: nil) == [7])
    }

    /// Of a run that is going when the next is due.
    private func replaced(lead: String?, pause: Pause?) throws -> [Int64] {
        var job = Given.job(lead: lead.map(Given.span))
        job.overlap = .replace
        let going = Given.run(7, due: "08:00", .leased)
        let next = Given.run(8, due: "09:00", .held(.paused, lookAt: Given.at("09:00")))
        let state = try Given.state(
            job, pause: pause, planned: lead == nil ? "08:30" : "09:00", open: lead == nil ? [going] : [going, next])
        return try state.plan(now: Given.at("09:00")).ends.map(\.run.id)
    }

    @Test
    func `what a schedule made ahead that was changed since is not done, where the new one does not have it`()
        throws
    {
        let open = [(7, "09:00"), (8, "09:30"), (9, "10:00")].map { number, due in
            Given.run(number, due: due, .held(.due, lookAt: Given.at(due)))
        }
        let job = Given.job(lead: Given.span("90m"))
        let plan = try Given.state(job, open: open).plan(now: Given.at("08:40"))
        #expect(plan.moves.map(\.run.id) == [8])
        #expect(plan.moves.first?.to == .done(.cancelled, reason: "its schedule was changed before it was due"))
        // Where nobody changed it, such as where a zone's data say something else than before, nothing is lost.
        #expect(try Given.state(job, planned: "10:00", open: open).plan(now: Given.at("08:40")).moves.isEmpty)
    }
}
