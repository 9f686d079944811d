import Manifest
import Model
import Recurrence
import Testing

/// What only shows when the documents are seen together.
@Suite struct CheckTests {
    private let client =
        "kind: Client\nname: harbour\ntimezone: America/Vancouver\nbusinessHours: [daily 00:00-24:00]\n---\n"

    @Test func `names that refer to nothing are told with the nearest`() {
        let text = """
            kind: Client
            name: harbour-dental
            timezone: America/Vancouver
            holidays: [bc-holidys]
            ---
            kind: Calendar
            name: bc-holidays
            ---
            kind: Window
            name: server-patching
            opens: {cron: "0 2 * * SUN"}
            duration: 3h
            except: [bc-holiday]
            ---
            kind: Asset
            name: a
            client: harbor-dental
            is: server
            ---
            kind: Job
            name: j
            clients: [harbour-dental, harbour-dentl]
            window: server-patchin
            schedule: {every: 1d}
            action: {task: {assignee: desk}}
            """
        #expect(
            told(text) == [
                "m.yaml:4:12: unknown calendar 'bc-holidys'\n  did you mean 'bc-holidays'?",
                "m.yaml:13:10: unknown calendar 'bc-holiday'\n  did you mean 'bc-holidays'?",
                "m.yaml:17:9: unknown client 'harbor-dental'\n  did you mean 'harbour-dental'?",
                "m.yaml:22:27: unknown client 'harbour-dentl'\n  did you mean 'harbour-dental'?",
                "m.yaml:23:9: unknown window 'server-patchin'\n  did you mean 'server-patching'?",
            ])
    }

    @Test func `what a database knows is known`() {
        let known = Definition.client(Client(name: "harbour", timezone: "UTC"))
        let asset = "kind: Asset\nname: a\nclient: harbour\nis: server\n"
        #expect(told(asset, known: [known]) == [])
        #expect(
            told(asset) == [
                "m.yaml:3:9: unknown client 'harbour'\n  there is no client yet; define it with 'kind: Client'"
            ])
        let other = Definition.client(Client(name: "quite-another", timezone: "UTC"))
        #expect(told(asset, known: [other]) == ["m.yaml:3:9: unknown client 'harbour'\n  known are quite-another"])
    }

    @Test func `a name given twice is told at both places`() {
        var result = ManifestReader.read(text: "kind: Calendar\nname: c\n", file: "a.yaml")
        let other = ManifestReader.read(text: "# two\n---\nkind: Calendar\nname: c\n", file: "b.yaml")
        result.documents += other.documents
        #expect(
            result.allProblems(now: newYear).map(\.description) == [
                "b.yaml:4:7: Calendar 'c' is defined twice\n  the other one is at a.yaml:1:1"
            ])
    }

    @Test func `the same name in two kinds is two names`() {
        #expect(told("kind: Calendar\nname: c\n---\nkind: Client\nname: c\ntimezone: UTC\n") == [])
    }

    @Test func `a document with problems of its own is known nevertheless`() {
        #expect(
            told("kind: Client\nname: c\n---\nkind: Asset\nname: a\nclient: c\nis: server\n") == [
                "m.yaml:1:1: 'timezone' is missing\n  every Client has one"
            ])
    }

    /// Names that nobody defines, of three kinds.
    private static let strays = """
        kind: Window
        name: w
        outside: business-hours
        except: [nocal]
        ---
        kind: Job
        name: j
        clients: [acm]
        window: w3
        schedule: {every: 1d}
        action: {task: {assignee: desk}}

        """

    @Test(arguments: [
        ("kind: Jobb\nname: acme\n", ["calendar 'nocal'", "client 'acm'", "window 'w3'"]),
        ("name: acm\n", ["calendar 'nocal'", "window 'w3'"]),
        ("kind: Jobb\nname: w3\n", ["calendar 'nocal'", "client 'acm'"]),
        ("kind: Client\nname: Acme_X\ntimezone: UTC\n", ["calendar 'nocal'", "window 'w3'"]),
        ("kind: Calendar\n", ["client 'acm'", "window 'w3'"]),
        ("kind: Window\nname: w3\ndurtion: 1h\n", ["calendar 'nocal'", "client 'acm'"]),
        ("kind: Jobb\nname: Acme_X\n", []), ("- kind: Client\n", []),
    ]) func `a broken document hides no unknown names but those that may be its own`(
        _ broken: String, _ names: [String]
    ) {
        let unknown = told(Self.strays + "---\n" + broken).filter { $0.contains(": unknown ") }.compactMap { problem in
            problem.split(separator: "\n").first?.split(separator: ": unknown ").last.map(String.init)
        }.filter { !$0.hasPrefix("kind ") && !$0.hasPrefix("key ") }
        #expect(unknown == names)
    }

    @Test func `no name is called unknown while some documents cannot be read`() {
        let asset = "kind: Asset\nname: a\nclient: c\nis: server\n"
        #expect(
            told(asset + "---\nkind: Clinet\nname: c\n") == [
                "m.yaml:6:7: unknown kind 'Clinet'\n  did you mean 'Client'?"
            ])
        #expect(told(asset + "---\n[\n").count == 1)
        #expect(told(asset + "---\n- kind: Client\n").count == 1)
    }

    @Test func `a rule that never fires is refused`() {
        let problems = told(job(schedule: "{cron: \"0 0 30 2 *\"}"))
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:18: the rule never fires\n  "), "\(problems)")
        let rrule = told(job(schedule: "{rrule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\", starting: 2026-01-01T00:00}"))
        #expect(rrule.count == 1)
        #expect(rrule[0].hasPrefix("m.yaml:4:19: the rule never fires\n  "), "\(rrule)")
    }

    @Test func `a rule that first fires after ten years is refused`() {
        let problems = told(job(schedule: "{rrule: FREQ=YEARLY, starting: 2040-03-01T02:00}"))
        #expect(problems.count == 1)
        #expect(
            problems[0].hasPrefix("m.yaml:4:19: the rule does not fire within ten years: first at 2040-03-01T02:00:00"),
            "\(problems)")
    }

    @Test func `29 February is a warning with its next date`() {
        let problems = told(job(schedule: "{cron: \"0 2 29 2 *\"}"))
        #expect(
            problems == [
                "m.yaml:4:18: warning: the next time is far away: 2028-02-29T02:00:00, UTC\n"
                    + "  look at its days, months and years if that is not meant"
            ])
    }

    @Test func `the year 9999 is refused`() {
        let problems = told(job(schedule: "{rrule: FREQ=YEARLY, starting: 9999-12-31T23:59}"))
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:19: the rule does not fire within ten years"), "\(problems)")
    }

    @Test func `a rule that has ended is a warning`() {
        let problems = told(job(schedule: "{rrule: FREQ=DAILY;COUNT=3, starting: 2020-01-01T00:00}"))
        #expect(
            problems == [
                "m.yaml:4:19: warning: the rule has come to its end: nothing more is due\n"
                    + "  give it another COUNT or UNTIL, or take the document out"
            ])
    }

    @Test func `a calendar's rule that never fires is refused`() {
        let text =
            "kind: Calendar\nname: c\ndays:\n  - {rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30, starting: 2026-01-01}\n"
        #expect(told(text).count == 1)
        #expect(told(text)[0].hasPrefix("m.yaml:4:13: the rule never fires\n"))
        let hourly = "kind: Calendar\nname: c\ndays:\n  - {rrule: FREQ=HOURLY, starting: 2026-01-01}\n"
        #expect(told(hourly).count == 1)
        #expect(told(hourly)[0].hasPrefix("m.yaml:4:13: "), "\(told(hourly))")
    }

    @Test func `a window that never opens is refused`() {
        let hint = "its cutoff takes all of it, or what it excepts does"
        #expect(
            told("kind: Window\nname: w\nopens: {cron: \"0 2 * * *\"}\nduration: 1h\ncutoff: 1h\n") == [
                "m.yaml:5:9: the cutoff leaves no time in which a run may start\n  make it shorter than the duration"
            ])
        #expect(
            told(client + "kind: Window\nname: w\noutside: business-hours\n") == [
                "m.yaml:8:10: window 'w' never opens for harbour\n  \(hint)"
            ])
    }

    @Test func `a job that fits no opening of its window is refused, with the longest that there is`() {
        let text = """
            kind: Window
            name: night
            opens: {cron: "0 2 * * SUN"}
            duration: 3h
            cutoff: 45m
            ---
            kind: Client
            name: harbour
            timezone: America/Vancouver
            ---
            kind: Job
            name: j
            window: night
            schedule: {cron: "0 2 * * SUN"}
            action: {exec: {command: [a], timeout: 4h}}
            """
        #expect(
            told(text) == [
                "m.yaml:15:40: 'timeout' (4h) fits no opening of window 'night' for harbour\n"
                    + "  a run has to end before the window closes, and its longest opening lasts 3h: lengthen the window, or "
                    + "make the timeout shorter than that"
            ])
        #expect(told(text.replacing("timeout: 4h", with: "timeout: 2h")) == [])
    }

    @Test func `a window that is cut must still hold the jobs that are known`() throws {
        let night = try definition("kind: Window\nname: night\nopens: {cron: \"0 2 * * *\"}\nduration: 6h\n")
        let known = [
            night, try definition("kind: Client\nname: harbour\ntimezone: UTC\n"),
            try definition(job("window: night").replacing("5m", with: "4h")),
        ]
        #expect(
            told("kind: Window\nname: night\nopens: {cron: \"0 2 * * *\"}\nduration: 3h\n", known: known) == [
                "m.yaml:4:11: job 'j' no longer fits into window 'night' for harbour\n"
                    + "  a run has to end before the window closes, and its longest opening lasts 3h: lengthen the window, or "
                    + "make the timeout shorter than that"
            ])
    }

    @Test func `labels that no client has, and kinds that look like slips, are warnings`() {
        #expect(
            told(client + job("clients: {labels: {a: b}}\ntargets: {is: [sever, spaceship]}")) == [
                "m.yaml:8:10: warning: no client has these labels\n  until one has, the job does nothing",
                "m.yaml:9:16: warning: 'sever' is none of the usual kinds\n  did you mean 'server'?",
            ])
    }

    @Test func `schedules that no client will ever need are looked at all the same`() {
        #expect(told(job(schedule: "{cron: \"0 0 31 4 *\"}")).count == 1)
    }
}
