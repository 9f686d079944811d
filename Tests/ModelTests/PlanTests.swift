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
