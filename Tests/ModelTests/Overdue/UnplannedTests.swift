import Model
import Recurrence
import Testing

struct UnplannedTests {
    /// A job that is due at every full hour; `planned`, `done` and `now` are times of one day, in UTC.
    struct Case: Sendable, CustomTestStringConvertible {
        var law: String
        var within: String?
        var planned = "08:30"
        var done: String?
        var now: String
        /// The moment that is owed, and since when; nil is nothing.
        var owed: (due: String, late: String)?

        var testDescription: String { law }
    }

    static let cases = [
        Case(law: "what is not due yet is not owed", now: "08:59"),
        Case(law: "what is due is not late before its time has passed", now: "09:59"),
        Case(law: "at the last moment it is not late", now: "10:00"),
        Case(law: "without within, one period is allowed", now: "10:01", owed: ("09:00", "10:00")),
        Case(law: "within says how long is allowed", within: "10m", now: "09:11", owed: ("09:00", "09:10")),
        Case(law: "within may be longer than a period", within: "3h", now: "11:59"),
        Case(law: "the oldest moment is told, however many passed", now: "23:30", owed: ("09:00", "10:00")),
        Case(law: "what was planned is not told", planned: "12:00", now: "23:30", owed: ("13:00", "14:00")),
        Case(
            law: "a moment that was planned to the second is planned", planned: "09:00", now: "11:30",
            owed: ("10:00", "11:00")),
        Case(law: "a success settles what was due before it", done: "12:20", now: "23:30", owed: ("13:00", "14:00")),
        Case(law: "a success at the very moment settles it", done: "09:00", now: "11:30", owed: ("10:00", "11:00")),
        Case(law: "a success just now leaves nothing owed", done: "23:10", now: "23:30"),
        Case(law: "an old success settles nothing", done: "07:00", now: "10:30", owed: ("09:00", "10:00")),
    ]

    @Test(arguments: cases) func `what nobody planned is owed once its time has passed`(_ given: Case) throws {
        let job = Given.job(within: given.within.map(Given.span))
        let unplanned = try job.firstUnplanned(
            by: try job.schedule.schedule(in: .utc), plannedThrough: Given.at(given.planned),
            settled: given.done.map(Given.at), now: Given.at(given.now))
        #expect(unplanned == given.owed.map { Unplanned(due: Given.at($0.due), late: Given.at($0.late)) })
    }

    @Test func `a rule that has ended owes nothing more`() throws {
        let rule = ScheduleRule(
            rrule: "FREQ=DAILY;COUNT=2", starting: LocalTime("2026-03-10T09:00"))
        let job = Given.job(rule, within: Given.span("1h"))
        let schedule = try job.schedule.schedule(in: .utc)
        let now = Given.at("2026-03-20T00:00")
        let first = try job.firstUnplanned(
            by: schedule, plannedThrough: Given.at("2026-03-10T08:00"), settled: nil, now: now)
        #expect(first?.due == Given.at("2026-03-10T09:00"))
        let after = try job.firstUnplanned(
            by: schedule, plannedThrough: Given.at("2026-03-11T09:00"), settled: nil, now: now)
        #expect(after == nil)
    }

    @Test func `the last moment of a rule that ends is never late unless within says so`() throws {
        let rule = ScheduleRule(
            rrule: "FREQ=DAILY;COUNT=1", starting: LocalTime("2026-03-10T09:00"))
        let schedule = try rule.schedule(in: .utc)
        let planned = Given.at("2026-03-10T08:00")
        let now = Given.at("2026-04-01T00:00")
        let open = try Given.job(rule).firstUnplanned(by: schedule, plannedThrough: planned, settled: nil, now: now)
        #expect(open == nil)
        let bounded = try Given.job(rule, within: Given.span("2d"))
            .firstUnplanned(by: schedule, plannedThrough: planned, settled: nil, now: now)
        #expect(bounded?.late == Given.at("2026-03-12T09:00"))
    }

    @Test func `across the change of clocks the wall clock is kept`() throws {
        let london = try Zone.named("Europe/London")
        let job = Given.job(ScheduleRule(cron: "0 9 * * *"), within: Given.span("1h"))
        let schedule = try job.schedule.schedule(in: london)
        let owed = try job.firstUnplanned(
            by: schedule, plannedThrough: Given.at("2026-03-28T12:00"), settled: nil,
            now: Given.at("2026-03-29T10:00"))
        #expect(owed == Unplanned(due: Given.at("2026-03-29T08:00"), late: Given.at("2026-03-29T09:00")))
    }
}
