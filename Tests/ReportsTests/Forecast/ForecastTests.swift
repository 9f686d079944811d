import Model
import Recurrence
import Store
import Testing

@testable import Reports

/// What a forecast says will start.
struct ForecastTests {
    @Test func `a run starts when it is due, or when its window opens, and ends after what it is taken to last`() throws
    {
        let forecast = try Sample.forecast(
            [
                Sample.client(), Sample.job("check", "0 1 22 * *"),
                Sample.job("patch", "0 1 * * SUN", window: "patching"),
            ]
                + Sample.window + Sample.servers(1))
        #expect(forecast.lines == ["check acme-1 2026-11-22T01:00:00Z", "patch acme-1 2026-11-22T02:00:00Z"])
        #expect(forecast.starts.map { $0.endsAt - $0.startsAt } == [.seconds(600), .seconds(600)])
        #expect(forecast.starts.map(\.due) == [Instant(rfc3339: "2026-11-22T01:00:00Z")!, forecast.starts[0].due])
        #expect(forecast.problems == [])
    }

    @Test func `the first moment belongs to it, and the last does not`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("midnight", "0 0 * * *")] + Sample.servers(1), days: 2)
        #expect(forecast.lines == ["midnight acme-1 2026-11-21T00:00:00Z", "midnight acme-1 2026-11-22T00:00:00Z"])
    }

    @Test func `starts are in the order of their moments, of jobs, of clients and of assets`() throws {
        let forecast = try Sample.forecast(
            [
                Sample.client("b"), Sample.client("a"), Sample.job("two", "0 3 22 * *"),
                Sample.job("one", "0 3 22 * *"),
                Sample.job("first", "0 2 22 * *"),
            ] + Sample.servers(2, client: "a") + Sample.servers(1, client: "b"))
        let order = forecast.starts.map { "\(forecast.job(of: $0)) \(forecast.asset(of: $0) ?? "-")" }
        #expect(
            order == [
                "first a-1", "first a-2", "first b-1", "one a-1", "one a-2", "one b-1", "two a-1", "two a-2", "two b-1",
            ])
    }

    @Test func `what history says of a job's length is believed, but for what is longer than its timeout`() throws {
        var question = Sample.question(
            [Sample.client(), Sample.job("short", "0 1 22 * *"), Sample.job("long", "0 1 22 * *")] + Sample.servers(1))
        question.durations = ["short": .seconds(60), "long": .seconds(86_400)]
        let forecast = try Forecast.make(question)
        #expect(forecast.starts.map { $0.endsAt - $0.startsAt } == [.seconds(3600), .seconds(60)])
    }

    @Test func `no more than the limit start at once, each after another has ended`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("patch", "0 1 22 * *", rollout: Rollout(atOnce: .share(50)))]
                + Sample.servers(4))
        #expect(
            forecast.lines == [
                "patch acme-1 2026-11-22T01:00:00Z", "patch acme-2 2026-11-22T01:00:00Z",
                "patch acme-3 2026-11-22T01:10:00Z", "patch acme-4 2026-11-22T01:10:00Z",
            ])
    }

    @Test func `each client's night is its own, also where the clock was put back`() throws {
        let day = Instant(rfc3339: "2026-10-31T12:00:00Z")!
        var question = Sample.question(
            [Sample.client("west", zone: "America/Vancouver"), Sample.client("here", zone: "Europe/London")]
                + [Sample.job("nightly", "0 2 * * *")] + Sample.servers(1, client: "west")
                + Sample.servers(1, client: "here"))
        (question.now, question.from, question.until) = (day, day, day + .seconds(2 * 86_400))
        #expect(
            try Forecast.make(question).lines == [
                "nightly here-1 2026-11-01T02:00:00Z", "nightly west-1 2026-11-01T10:00:00Z",
                "nightly here-1 2026-11-02T02:00:00Z", "nightly west-1 2026-11-02T10:00:00Z",
            ])
    }

    @Test func `runs that are open already go on, and are not made again`() throws {
        var question = Sample.question(
            [Sample.client(), Sample.job("check", "0 1 * * *")] + Sample.servers(2), days: 1)
        let due = Instant(rfc3339: "2026-11-20T01:00:00Z")!
        let pair = ForecastFacts.Pair(job: "check", client: "acme")
        var facts = Sample.facts(of: question.catalogue)
        facts.open = [
            .init(pair: pair, asset: "acme-1", due: due, place: .ready(notBefore: due, startBy: nil)),
            .init(pair: pair, asset: "acme-2", due: due, place: .leased, leasedAt: due),
        ]
        question.facts = facts
        let forecast = try Forecast.make(question)
        #expect(
            forecast.lines == [
                "check acme-1 2026-11-21T00:00:00Z", "check acme-1 2026-11-21T01:00:00Z",
                "check acme-2 2026-11-21T01:00:00Z",
            ])
    }

    @Test func `the load of an hour is the work in it, and the most at once is told with its moment`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("check", "50 1 22 * *", queue: "linux")] + Sample.servers(3), lasting: 1200)
        let load = forecast.load
        #expect(load.hours == 7 * 24)
        #expect(load.queues.map(\.queue) == ["linux"])
        #expect(load.total.most == 3 && load.total.mostAt == Instant(rfc3339: "2026-11-22T01:50:00Z")!)
        #expect(load.total.seconds[25] == 1800 && load.total.seconds[26] == 1800 && load.total.work == .seconds(3600))
        #expect(load.total.starts[25] == 3 && load.total.starts[26] == 0)
    }
}
