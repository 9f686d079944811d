import Model
import Recurrence
import Testing

@testable import Reports

/// A month of a client, day by day.
struct MonthTests {
    private let client = Client(
        name: "harbour", timezone: "America/Vancouver", businessHours: ["Mon-Fri 08:00-18:00"], holidays: ["bc"])

    private func job(_ name: String, _ cron: String, window: String? = nil, clients: ClientSelector = .all) -> Job {
        Job(
            name: name, clients: clients, schedule: ScheduleRule(cron: cron), window: window,
            action: .exec(ExecAction(command: ["/bin/true"], timeout: Span(seconds: 60))))
    }

    private func report(_ month: String, _ definitions: [Definition]) throws -> MonthReport {
        try MonthReport(
            try #require(CalendarMonth(month)), of: client, in: Catalogue([.client(client)] + definitions))
    }

    private let nights = WindowRule(
        name: "nights", opens: ScheduleRule(cron: "0 2 * * SUN"), duration: Span(seconds: 3 * 3600), except: ["frozen"])

    private let calendars: [Definition] = [
        .calendar(
            Calendar(
                name: "bc",
                days: [
                    .init(rrule: "FREQ=YEARLY", starting: CivilDate("2020-12-25"), name: "Christmas Day")
                ])),
        .calendar(
            Calendar(
                name: "frozen",
                freezes: [
                    .init(
                        from: CivilDate("2026-12-18")!, through: CivilDate("2027-01-03")!, reason: "Year-end freeze")
                ])),
    ]

    @Test func `the weeks are those of ISO 8601, and hold every day of the month once`() throws {
        let december = try #require(CalendarMonth("2026-12"))
        #expect(december.weeks.map(\.number) == [49, 50, 51, 52, 53])
        #expect(december.weeks[0].days.map { $0?.day } == [nil, 1, 2, 3, 4, 5, 6])
        #expect(december.title == "December 2026")
        #expect(CalendarMonth("2027-01")?.weeks.first?.number == 53)
        #expect(CalendarMonth("2024-12")?.weeks.last?.number == 1)
        for year in 1998...2030 {
            for number in 1...12 {
                let month = CalendarMonth(of: try #require(CivilDate(year: year, month: number, day: 17)))
                #expect(month.weeks.flatMap { $0.days.compactMap(\.self) } == month.days)
                #expect(month.days.allSatisfy { $0.month == number })
                #expect(month.days.last?.adding(days: 1).day == 1)
            }
        }
        #expect(CalendarMonth("9999-12")?.days.count == 31)
    }

    @Test func `what is not a month is refused`() {
        for text in ["2026", "2026-13", "2026-1", "2026-12-01", "", "0000-01", " 2026-12"] {
            #expect(CalendarMonth(text) == nil)
        }
        #expect(CalendarMonth("2026-12")?.description == "2026-12")
    }

    @Test func `a window stands on the days on which it opens, and not in a freeze`() throws {
        let month = try report("2026-12", calendars + [.window(nights)])
        #expect(month.days.filter { !$0.opened.isEmpty }.map(\.date.day) == [6, 13])
        #expect(month.days[5].opened[0].opening.opens.description == "2026-12-06T10:00:00Z")
        #expect(month.days.filter { $0.closed.contains { $0.kind == .freeze } }.map(\.date.day) == Array(18...31))
        #expect(month.days[24].closed.map(\.name) == ["Christmas Day", "Year-end freeze"])
        #expect(month.days[24].closed.last?.through.description == "2027-01-03")
    }

    @Test func `an opening in progress when the month begins stands on its first day`() throws {
        let quiet = WindowRule(name: "quiet", outside: .businessHours)
        let month = try report("2026-12", calendars + [.window(quiet)])
        #expect(
            month.days[0].opened.map { $0.opening.opens.description } == [
                "2026-12-01T02:00:00Z", "2026-12-02T02:00:00Z",
            ])
    }

    @Test func `windows that only the jobs of others name are left out`() throws {
        let others = job("patch", "0 1 * * *", window: "nights", clients: .named(["lake"]))
        #expect(try report("2026-12", calendars + [.window(nights), .job(others)]).days.allSatisfy(\.opened.isEmpty))
    }

    @Test func `a job that is due often is told once a day, by the client's days`() throws {
        let month = try report("2026-11", [.job(job("check", "*/15 * * * *"))])
        // On 1 November 2026 the clock is put back where the zone's data still knows of it.
        #expect(month.days.count == 30)
        #expect(month.days[4].due.map(\.count) == [96])
        let zone = try Zone.named("America/Vancouver")
        #expect(month.days[4].due.map { zone.local($0.first).description } == ["2026-11-05T00:00:00"])
        #expect(month.days[4].due.map { zone.local($0.last).description } == ["2026-11-05T23:45:00"])
        #expect(month.days[0].due.map { zone.local($0.first).description } == ["2026-11-01T00:00:00"])
        #expect(month.json["days"] != nil)
    }

    @Test func `a definition that cannot be used is told with its place`() {
        let broken = WindowRule(name: "never")
        #expect(throws: MonthProblem.self) { try report("2026-12", [.window(broken)]) }
        #expect(throws: MonthProblem.self) {
            try MonthReport.month(of: Client(name: "lost", timezone: "Europe/Lodnon"), at: .distantPast)
        }
    }
}
