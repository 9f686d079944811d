import Manifest
import Model
import Recurrence
import Testing

/// `businessDay`, `holidays`, `including` and `excluding`.
@Suite struct ScheduleWordsTests {
    private let rule = "rrule: FREQ=MONTHLY;BYMONTHDAY=-1, starting: 2026-01-31T18:00"

    private func schedule(_ text: String) throws -> ScheduleRule {
        guard case .job(let job) = try definition(job(schedule: "{\(text)}")) else { throw NoJob() }
        return job.schedule
    }

    private struct NoJob: Error {}

    @Test func `all of them are read, and are not there where they are not written`() throws {
        let read = try schedule(
            rule + ", businessDay: 3 before, holidays: [bank, school], including: [2026-03-01T02:00], "
                + "excluding: [2026-12-24T02:00, 2026-12-31T02:00:30]")
        #expect(read.businessDay == .before(3))
        #expect(read.holidays == ["bank", "school"])
        #expect(read.including == [try #require(LocalTime("2026-03-01T02:00"))])
        #expect(read.excluding?.map(\.description) == ["2026-12-24T02:00:00", "2026-12-31T02:00:30"])
        let plain = try schedule(rule)
        #expect(plain.businessDay == nil && plain.holidays == nil && plain.including == nil && plain.excluding == nil)
        #expect(try schedule(rule + ", businessDay: on or before, holidays: []").holidays == [])
    }

    @Test func `a window opens by them as well`() throws {
        let text = "kind: Window\nname: w\nduration: 3h\nopens: {\(rule), businessDay: on or before}\n"
        guard case .window(let window) = try definition(text) else { throw NoJob() }
        #expect(window.opens?.businessDay == .onOrBefore)
    }

    @Test(arguments: ["on or befor", "before", "0 before", "251 after", "1  after", "-1 before", "2 later"])
    func `a move that is none is refused`(move: String) {
        #expect(
            told(job(schedule: "{\(rule), businessDay: \(move)}")) == [
                "m.yaml:4:88: 'businessDay' must be a move to a business day, not '\(move)'\n"
                    + "  write 'on or before', 'on or after', or up to 250 days such as '2 before' and '3 after'"
            ])
    }

    @Test(arguments: [
        ("cron: '0 2 * * *', businessDay: 1 after", "31: 'businessDay' has a meaning only with 'rrule'"),
        ("rrule: FREQ=DAILY, starting: 2026-01-01T02:00, holidays: [x]", "59: 'holidays' has a meaning only with"),
        ("every: 1h, including: [2026-01-01T02:00]", "23: 'including' cannot stand beside 'every'\n  'every' counts"),
        ("every: 1h, excluding: [2026-01-01T02:00]", "23: 'excluding' cannot stand beside 'every'\n  'every' counts"),
        ("cron: '0 2 * * *', excluding: []", "42: 'excluding' has 0 entries\n  from 1 to 500 are allowed"),
        ("cron: '0 2 * * *', excluding: [2026-02-30T02:00]", "43: 'excluding' must be a local time that exists"),
        ("rrule: FREQ=HOURLY, starting: 2026-01-01T02:00, businessDay: 1 after", "19: '1 after' moves days, and FREQ"),
    ])
    func `what does not go together is refused`(schedule: String, problem: String) {
        let problems = told(job(schedule: "{\(schedule)}"))
        #expect(problems.first?.hasPrefix("m.yaml:4:\(problem)") == true, "\(problems)")
    }

    @Test func `times are checked against each other`() {
        let text = """
            kind: Job
            name: j
            schedule:
              cron: "0 2 * * *"
              including: [2026-03-01T09:00, 2026-03-02T09:00, 2026-03-01T09:00]
              excluding: [2026-03-05T02:00, 2026-03-02T09:00, 2026-03-05T02:00]
            action: {task: {assignee: desk}}
            """
        #expect(
            told(text) == [
                "m.yaml:5:51: 2026-03-01T09:00:00 is in 'including' twice\n  take one of them out",
                "m.yaml:6:33: 2026-03-02T09:00:00 is in 'including' too\n  take it out of one of the two",
                "m.yaml:6:51: 2026-03-05T02:00:00 is in 'excluding' twice\n  take one of them out",
            ])
    }

    @Test func `a time that the rule never names is told with the nearest; one that has passed does no harm`() {
        let text = """
            kind: Job
            name: j
            schedule:
              rrule: FREQ=MONTHLY;BYDAY=2TU
              starting: 2025-01-01T02:00
              offset: 5d
              including: [2026-02-15T02:00]
              excluding: [2026-03-15T02:00, 2026-04-14T02:00, 2025-12-01T02:00]
            action: {task: {assignee: desk}}
            """
        #expect(
            told(text) == [
                "m.yaml:7:15: warning: it is due at 2026-02-15T02:00:00 anyway\n  take it out",
                "m.yaml:8:33: it is never due at 2026-04-14T02:00:00\n  the nearest time is 2026-04-19T02:00:00",
                "m.yaml:8:51: warning: it is never due at 2025-12-01T02:00:00\n  the nearest time is 2025-12-14T02:00:00",
            ])
    }

    private let clients = """
        kind: Client
        name: sunny
        timezone: UTC
        businessHours: [Sun-Thu 08:00-16:00]
        holidays: [days]
        ---
        kind: Client
        name: usual
        timezone: UTC
        ---
        kind: Calendar
        name: days
        days: [{date: 2026-04-30}]
        ---

        """

    @Test func `a time is to be named for one of the clients at least`() {
        // The last of April 2026 is a Thursday, and a holiday of one of the two.
        let ours = """
            kind: Job
            name: j
            schedule: {\(rule), businessDay: on or before, excluding: [2026-04-29T18:00, 2026-04-30T18:00]}
            action: {task: {assignee: desk}}
            """
        #expect(told(clients + ours) == [])
        let neither = ours.replacing("04-29", with: "04-28")
        #expect(
            told(clients + neither) == [
                "m.yaml:17:114: it is never due at 2026-04-28T18:00:00\n  the nearest time is 2026-04-29T18:00:00"
            ])
    }

    @Test func `calendars that nobody defines are told, and clients that never work`() {
        let job = """
            kind: Job
            name: j
            schedule: {\(rule), businessDay: on or before, holidays: [dys]}
            action: {task: {assignee: desk}}
            """
        #expect(told(clients + job) == ["m.yaml:17:113: unknown calendar 'dys'\n  did you mean 'days'?"])
        let every = "kind: Calendar\nname: all\ndays: [{rrule: FREQ=DAILY, starting: 2020-01-01}]\n---\n"
        #expect(
            told(every + clients + job.replacing("dys", with: "all")) == [
                "m.yaml:21:19: the rule never fires for sunny\n"
                    + "  there is no business day within a year of what it names"
            ])
    }
}
