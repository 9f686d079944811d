import Model
import Recurrence
import Testing

@Suite struct PlanTests {
    @Test func `nothing is due: nothing is made, and it wakes for the next`() throws {
        let plan = try Given.state().plan(now: Given.at("08:45"))
        #expect(plan.occurrences.isEmpty && plan.moves.isEmpty)
        #expect(plan.wakeAt == Given.at("09:00"))
        #expect(plan.plannedThrough == Given.at("08:45"))
    }

    @Test func `what is due becomes ready on every target`() throws {
        let plan = try Given.state(targets: [1, 2]).plan(now: Given.at("09:00"))
        let occurrence = try #require(plan.occurrences.first)
        #expect(plan.occurrences.count == 1)
        #expect(occurrence.due == Given.at("09:00"))
        #expect(occurrence.dueBy == Given.at("10:00"), "within is one period unless it is said")
        #expect(occurrence.runs.map(\.target) == [1, 2])
        #expect(occurrence.runs.allSatisfy { $0.placement == .ready(notBefore: Given.at("09:00"), startBy: nil) })
        #expect(plan.wakeAt == Given.at("10:00"))
    }

    @Test func `planning the same moment again makes nothing`() throws {
        let now = Given.at("09:00")
        let first = try Given.state().plan(now: now)
        var state = try Given.state()
        state.plannedThrough = first.plannedThrough
        #expect(try state.plan(now: now).occurrences.isEmpty)
    }

    @Test func `of what passed while nobody planned only the last is run, and the others are missed`() throws {
        let plan = try Given.state().plan(now: Given.at("11:15"))
        #expect(plan.occurrences.map(\.due) == [Given.at("09:00"), Given.at("10:00"), Given.at("11:00")])
        let states = plan.occurrences.map { $0.runs[0].placement }
        #expect(states[0].isDone(.missed) && states[1].isDone(.missed))
        #expect(states[2] == .ready(notBefore: Given.at("11:00"), startBy: nil))
    }

    @Test func `a long absence is planned in parts, and every part asks to be woken at once`() throws {
        let now = Given.at("2026-03-20T09:00")
        var state = try Given.state(targets: [1, 2])
        var dues: [Instant] = []
        for _ in 0..<100 {
            let plan = try state.plan(now: now, limit: 20)
            #expect(plan.occurrences.count <= 10)
            dues += plan.occurrences.map(\.due)
            state.plannedThrough = plan.plannedThrough
            if plan.wakeAt != now { break }
        }
        #expect(dues.count == 241 && Set(dues).count == 241)
        #expect(dues.last == now)
    }

    @Test func `a run that was never started gives way to its successor`() throws {
        let old = Given.run(7, due: "08:00", .ready(notBefore: Given.at("08:00"), startBy: nil))
        let plan = try Given.state(open: [old]).plan(now: Given.at("09:00"))
        #expect(plan.moves.map(\.run.id) == [7])
        #expect(plan.moves[0].to.isDone(.missed))
        #expect(plan.occurrences[0].runs[0].placement == .ready(notBefore: Given.at("09:00"), startBy: nil))
    }

    @Test func `a run that somebody asked for does not give way`() throws {
        let asked = Given.run(7, due: "08:40", .ready(notBefore: Given.at("08:40"), startBy: nil), lane: .reactive)
        let plan = try Given.state(open: [asked]).plan(now: Given.at("09:00"))
        #expect(plan.moves.isEmpty)
        #expect(!plan.occurrences[0].runs[0].placement.isDone(.skipped))
    }

    @Test(arguments: [OpenRun.Place.leased, .waiting(repeatAt: nil)])
    func `what is due while the last is still going is skipped, on that target alone`(place: OpenRun.Place) throws {
        let going = Given.run(7, target: 1, due: "08:00", place)
        let plan = try Given.state(targets: [1, 2], open: [going]).plan(now: Given.at("09:00"))
        #expect(plan.occurrences[0].runs[0].placement.isDone(.skipped))
        #expect(plan.occurrences[0].runs[1].placement == .ready(notBefore: Given.at("09:00"), startBy: nil))
        #expect(plan.moves.isEmpty)
    }

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
            Given.run(number, due: due, .held(.paused, lookAt: nil))
        }
        let state = try Given.state(
            Given.job(lead: Given.span("90m")), pause: pause, planned: "10:00", open: open)
        #expect(try state.plan(now: Given.at("08:30")).wakeAt == Given.at("09:00"))
        let moves = try state.plan(now: Given.at("09:00")).moves
        let why = "paused by dora: move"
        #expect(moves.map(\.run.id) == [7, 8, 9])
        #expect(moves[0].to.isDone(.missed))
        #expect(moves[1].to == .done(.skipped, reason: why))
        #expect(moves[2].to == .held(.paused, why: why, lookAt: Given.at("10:00")))
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
        #expect(try heldRun(under: pause(since: "09:10"), at: "09:15") == .held(.paused, why: why, lookAt: nil))
    }

    private func pause(since begin: String = "08:00", until end: String? = nil) -> Pause {
        Pause(reason: "move", actor: "dora", since: Given.at(begin), until: end.map { Given.at($0) })
    }

    private func madeAhead(under pause: Pause) throws -> Placement {
        let plan = try Given.state(Given.job(lead: Given.span("30m")), pause: pause).plan(now: Given.at("08:40"))
        return plan.occurrences[0].runs[0].placement
    }

    /// Where a run goes that was made ahead of its time, which is 09:00.
    private func heldRun(under pause: Pause, at now: String) throws -> Placement? {
        let held = Given.run(8, due: "09:00", .held(.due, lookAt: Given.at("09:00")))
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
        state.open[1].place = .held(.ring, lookAt: nil)
        #expect(try state.plan(now: Given.at("09:00")).moves.first?.to.isDone(.skipped) == true)
    }

    @Test func `a schedule that has ended wakes nobody`() throws {
        let rule = ScheduleRule(rrule: "FREQ=DAILY;COUNT=1", starting: LocalTime("2026-03-10T09:00")!)
        let plan = try Given.state(Given.job(rule)).plan(now: Given.at("09:00"))
        #expect(plan.occurrences.count == 1)
        #expect(plan.wakeAt == nil)
        #expect(plan.occurrences[0].dueBy == nil)
    }
}

extension Placement {
    func isDone(_ state: RunState) -> Bool {
        guard case .done(state, _) = self else { return false }
        return true
    }
}
