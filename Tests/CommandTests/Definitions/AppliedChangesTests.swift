import Model
import Recurrence
import Testing

@testable import Store
@testable import rota

/// What people are told of what applying did, or would do.
struct AppliedChangesTests {
    private let client = Client(name: "lake", timezone: "Europe/London")
    private let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    private func job(_ cron: String) -> Job {
        Job(
            name: "patch", schedule: ScheduleRule(cron: cron),
            action: .exec(ExecAction(command: ["/bin/true"], timeout: Span(seconds: 60))))
    }

    @Test func `what was removed is named, the first twenty of many`() {
        #expect(AppliedChanges.removed(result) == "window/old")
        #expect(AppliedChanges.removed(ApplyResult()) == nil)
        var many = ApplyResult()
        many.objects = (1...22).map { .init(kind: .asset, name: "srv-\($0)", change: .removed) }
        #expect(AppliedChanges.removed(many)?.hasPrefix("asset/srv-1, asset/srv-2, ") == true)
        #expect(AppliedChanges.removed(many)?.hasSuffix("asset/srv-20, and 2 more") == true)
    }

    private var result: ApplyResult {
        var result = ApplyResult()
        result.objects = [
            .init(kind: .client, name: "lake", change: .created, after: .client(client)),
            .init(kind: .window, name: "old", change: .removed, before: .window(WindowRule(name: "old"))),
            .init(kind: .asset, name: "srv-1", change: .unchanged),
            .init(
                kind: .job, name: "patch", change: .changed, revision: 3, before: .job(job("0 2 * * *")),
                after: .job(job("0 3 * * *"))),
        ]
        result.assignments = [.init(job: "patch", client: "lake", change: .made)]
        result.cancelledRuns = 2
        return result
    }

    @Test func `applying says a line for each object, and what else followed`() {
        #expect(
            AppliedChanges.lines(result, isRehearsal: false) == """
                created client/lake
                removed window/old
                changed job/patch (revision 3)
                1 unchanged, 1 assignment made, 2 runs cancelled

                """)
        #expect(
            AppliedChanges.lines(result, isRehearsal: true).hasPrefix("would be created client/lake\n"))
    }

    @Test func `a difference says what is other than it was, and when the job starts next`() throws {
        let catalogue = Catalogue([.client(client), .job(job("0 3 * * *"))])
        let next = try NextStart.first(3, of: job("0 3 * * *"), in: catalogue, after: now)
        #expect(
            DiffCommand.text(result, ["patch": next], on: .none) == """
                + client/lake
                    timezone: Europe/London
                - window/old
                ~ job/patch (revision 3)
                    schedule.cron: "0 2 * * *" → "0 3 * * *"
                    in words: at 03:00 every day, each client's time
                    next: Mon 2026-02-16 03:00 Europe/London, lake
                    next: Tue 2026-02-17 03:00 Europe/London, lake
                    next: Wed 2026-02-18 03:00 Europe/London, lake
                  made: patch for lake

                """)
    }

    @Test func `a start that waits for its window says when it was due`() throws {
        var job = job("0 1 * * *")
        job.window = "nights"
        let window = WindowRule(
            name: "nights", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3600))
        let catalogue = Catalogue([.client(client), .window(window), .job(job)])
        #expect(
            try NextStart.first(1, of: job, in: catalogue, after: now).map(\.inWords) == [
                "Mon 2026-02-16 02:00 Europe/London, lake (due Mon 2026-02-16 01:00)"
            ])
    }

    @Test func `a window is said in plain English where it is new or other than it was, and only there`() {
        let window = WindowRule(
            name: "nights", opens: ScheduleRule(cron: "0 2 * * SUN"), duration: Span(seconds: 3 * 3600),
            cutoff: Span(seconds: 45 * 60), except: ["year-end"])
        let words = {
            AppliedChanges.inWords(
                .init(kind: .window, name: "nights", change: .changed, before: $0, after: .window(window)))
        }
        #expect(
            words(nil) == "opens at 02:00 every Sunday, each client's time, for three hours; nothing starts in "
                + "the last 45 minutes; closed on the days of year-end")
        #expect(words(.window(window)) == nil)
        #expect(words(.window(WindowRule(name: "nights", outside: .businessHours))) == words(nil))
    }

    @Test func `where nothing differs, that is what is said`() {
        #expect(DiffCommand.text(ApplyResult(), [:], on: .none) == "No differences.\n")
    }
}
