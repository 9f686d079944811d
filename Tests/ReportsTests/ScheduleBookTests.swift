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
