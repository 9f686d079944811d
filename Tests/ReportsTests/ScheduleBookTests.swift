import Model
import Recurrence
import Testing

@testable import Reports
@testable import Store

struct ScheduleBookTests {
    @Test(arguments: [
        (Standing.held(.ring, why: "others soak", since: at("03:00"), lookAt: at("14:00")), "22:00"),
        (.held(.window, why: "closed", since: at("03:00"), lookAt: at("22:00")), "22:00"),
        (.ready(since: at("03:00"), notBefore: at("22:30"), startBy: nil), "22:30"),
        (.ready(since: at("03:00"), notBefore: at("23:50"), startBy: nil), ""),
        (.held(.approval, why: "stopped", since: at("03:00"), lookAt: nil), ""),
    ])
    func `what a list tells of the next chance is in the window, with time enough left in it`(
        _ standing: Standing, _ chance: String
    ) throws {
        var book = ScheduleBook(try Self.catalogue())
        let told = book.explanation(ExplanationTests.row(standing), queues: QueueWatch([]), now: ExplanationTests.now)
        #expect(told.nextChance == (chance.isEmpty ? nil : Self.at(chance)))
    }

    @Test func `what was made ahead of its time has no chance before that and its spread`() throws {
        var catalogue = try Self.catalogue()
        catalogue.jobs["patch"]?.window = nil
        #expect(Self.chanceOfAhead(catalogue) == Self.at("21:00"))
        let spread = try #require(Span("2h"))
        catalogue.jobs["patch"]?.schedule.spread = spread
        #expect(Self.chanceOfAhead(catalogue) == Self.at("21:00") + spread.shift(of: "patch", target: "srv-1"))
    }

    private static func chanceOfAhead(_ catalogue: Catalogue) -> Instant? {
        let held = Standing.held(.ring, why: "others soak", since: at("03:00"), lookAt: at("14:00"))
        var book = ScheduleBook(catalogue)
        return book.explanation(ExplanationTests.ahead(held), queues: QueueWatch([]), now: ExplanationTests.now)
            .nextChance
    }

    @Test func `a task for a person waits for no window`() throws {
        var catalogue = try Self.catalogue()
        var book = ScheduleBook(catalogue)
        #expect(book.start(job: "patch", client: "harbour", notBefore: Self.at("14:00")) == Self.at("22:00"))
        catalogue.jobs["patch"]?.action = .task(TaskAction(assignee: "desk"))
        book = ScheduleBook(catalogue)
        #expect(book.start(job: "patch", client: "harbour", notBefore: Self.at("14:00")) == Self.at("14:00"))
    }

    /// One night, from 22:00 to midnight.
    private static func catalogue() throws -> Catalogue {
        let window = WindowRule(
            name: "night", opens: ScheduleRule(rrule: "FREQ=DAILY;COUNT=1", starting: LocalTime("2026-02-15T22:00")),
            duration: Span("2h"))
        let patch = Job(
            name: "patch", schedule: ScheduleRule(cron: "0 3 * * *"), window: "night",
            action: .exec(ExecAction(command: ["true"], timeout: try #require(Span("20m")))))
        return Catalogue([.client(Client(name: "harbour", timezone: "UTC")), .window(window), .job(patch)])
    }

    private static func at(_ time: String) -> Instant { ExplanationTests.at(time) }
}
