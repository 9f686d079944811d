import Model
import Recurrence
import Reports
import Testing

@testable import rota

/// A month as people see it.
struct MonthTextTests {
    private func text(_ terminal: Terminal, wide: Bool = false) throws -> String {
        let client = Client(name: "harbour", title: "Harbour Dental", timezone: "America/Vancouver", holidays: ["bc"])
        let job = Job(
            name: "patch-servers", schedule: ScheduleRule(cron: "0 2 * * SUN"), window: "nights",
            action: .exec(ExecAction(command: ["/bin/true"], timeout: Span(seconds: 60))))
        let calendar = Calendar(
            name: "bc", days: [.init(date: CivilDate("2026-12-25"), name: "Christmas Day")],
            freezes: [.init(from: CivilDate("2026-12-18")!, through: CivilDate("2027-01-03")!, reason: "Year end")])
        let window = WindowRule(
            name: "nights", opens: ScheduleRule(cron: "0 22 * * SAT"), duration: Span(seconds: 8 * 3600),
            except: ["bc"])
        let catalogue = Catalogue([.client(client), .job(job), .calendar(calendar), .window(window)])
        let report = try MonthReport(try #require(CalendarMonth("2026-12")), of: client, in: catalogue)
        let now = try #require(Instant(rfc3339: "2026-12-09T12:00:00Z"))
        return MonthText(report, now: now, terminal: terminal, wide: wide).text
    }

    @Test func `the grid says on which days there is something, the lines below say what`() throws {
        #expect(
            try text(.none) == """
                December 2026, Harbour Dental, America/Vancouver

                wk Mon        Tue        Wed        Thu        Fri        Sat        Sun
                49             1          2          3          4          5   w      6    j
                50  7          8          9*        10         11         12   w     13    j
                51 14         15         16         17         18 f       19 f       20 f  j
                52 21 f       22 f       23 f       24 f       25 fh      26 f       27 f  j
                53 28 f       29 f       30 f       31 f

                f freeze, h holiday, w a window opens, j a job is due, * today

                Sat  5  opens    22:00-Sun 06:00 nights
                Sun  6  due      02:00 patch-servers
                Sat 12  opens    22:00-Sun 06:00 nights
                Sun 13  due      02:00 patch-servers
                Fri 18  freeze   Year end, through 2027-01-03 (bc)
                Sun 20  due      02:00 patch-servers
                Fri 25  holiday  Christmas Day (bc)
                Sun 27  due      02:00 patch-servers

                """)
    }

    @Test func `a window that never closes is told once, on the first day`() throws {
        let client = Client(name: "lake", timezone: "Asia/Tokyo")
        let window = WindowRule(name: "quiet", outside: .businessHours)
        let report = try MonthReport(
            try #require(CalendarMonth("2026-12")), of: client, in: Catalogue([.client(client), .window(window)]))
        let now = try #require(Instant(rfc3339: "2026-12-09T12:00:00Z"))
        let text = MonthText(report, now: now, terminal: .none, wide: false).text
        #expect(text.hasSuffix("\n\nTue  1  open     always quiet\n"), "\(text)")
    }

    @Test func `nothing is wider than the terminal, however narrow it is`() throws {
        for width in [10, 20, 24, 26, 40, 58, 60, 79, 80, 120, 200] {
            let lines = try text(Terminal(width: width, hasBox: true, hasColour: false)).split(separator: "\n")
            for line in lines { #expect(TextWidth.of(String(line)) <= width, "\(line)") }
        }
    }

    @Test func `there is colour on a terminal that has it alone, and it changes no word`() throws {
        let colourful = try text(Terminal(width: 80, hasBox: true, hasColour: true))
        let plain = try text(Terminal(width: 80, hasBox: true, hasColour: false))
        #expect(colourful.contains("\u{1B}[31mf\u{1B}[0m"))
        #expect(!plain.contains("\u{1B}"))
        let words = colourful.replacing(try Regex("\u{1B}\\[[0-9]+m"), with: "")
        #expect(
            words.split(separator: "\n").map { $0.filter { $0 != " " } }
                == plain.split(separator: "\n").map { $0.filter { $0 != " " } })
    }
}
