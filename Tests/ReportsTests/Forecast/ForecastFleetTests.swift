import Model
import Recurrence
import Testing

@testable import Reports

/// Rollouts, requirements and overlaps, as a forecast shows them.
struct ForecastFleetTests {
    private func asset(_ name: String, ring: String) -> Definition {
        .asset(Asset(name: name, client: "acme", kind: "server", labels: ["ring": ring]))
    }

    private func job(
        _ name: String, _ cron: String, overlap: Job.Overlap = .skip, rollout: Rollout? = nil,
        requires: [Requirement]? = nil, spread: Span? = nil, condition: Selector? = nil
    ) -> Definition {
        .job(
            Job(
                name: name, schedule: ScheduleRule(cron: cron, spread: spread),
                targets: TargetSelector(kinds: ["server"], condition: condition), overlap: overlap, rollout: rollout,
                requires: requires, action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 7200)))))
    }

    private let rings = Rollout(
        rings: [.init(match: ["ring": "canary"], soak: Span(seconds: 3600)), .init(match: [:])], atOnce: .number(1))

    @Test func `a ring starts when the one before it has finished and has soaked`() throws {
        let forecast = try Sample.forecast(
            [
                Sample.client(), job("patch", "0 1 22 * *", rollout: rings), asset("a", ring: "wide"),
                asset("b", ring: "canary"), asset("c", ring: "canary"), asset("d", ring: "wide"),
            ])
        #expect(
            forecast.lines == [
                "patch b 2026-11-22T01:00:00Z", "patch c 2026-11-22T01:10:00Z", "patch a 2026-11-22T02:20:00Z",
                "patch d 2026-11-22T02:30:00Z",
            ])
        #expect(forecast.starts.map(\.ring) == [0, 0, 1, 1])
        #expect(forecast.problems == [])
    }

    @Test func `a rollout over all clients is one, each ring in its own night`() throws {
        var across = rings
        across.across = .clients
        let forecast = try Sample.forecast(
            [
                Sample.client("east", zone: "Asia/Tokyo"), Sample.client("west", zone: "America/Vancouver"),
                job("patch", "0 1 23 * *", rollout: across),
                .asset(Asset(name: "e", client: "east", kind: "server", labels: ["ring": "wide"])),
                .asset(Asset(name: "w", client: "west", kind: "server", labels: ["ring": "canary"])),
            ])
        // The pilots are in Vancouver: Tokyo's night has come long before, and waits for them.
        #expect(forecast.lines == ["patch w 2026-11-23T09:00:00Z", "patch e 2026-11-23T10:10:00Z"])
    }

    @Test func `what requires another job's success starts when that has succeeded`() throws {
        let forecast = try Sample.forecast(
            [
                Sample.client(), job("backup", "30 1 22 * *"),
                job("patch", "0 1 22 * *", requires: [.succeeded(job: "backup", within: Span(seconds: 3600))]),
                asset("a", ring: "x"),
            ])
        #expect(forecast.lines == ["backup a 2026-11-22T01:30:00Z", "patch a 2026-11-22T01:40:00Z"])
    }

    @Test func `what requires something that never holds is missed for that`() throws {
        let forecast = try Sample.forecast(
            [
                Sample.client(), job("backup", "0 0 1 1 *"),
                job("patch", "0 1 * * *", requires: [.succeeded(job: "backup", within: Span(seconds: 3600))]),
                asset("a", ring: "x"),
            ], days: 3)
        #expect(forecast.starts == [])
        #expect(forecast.problems(.missed).map(\.reason) == ["requires", "requires"])
    }

    @Test func `runs that are queued go one after the other, and what is replaced is told`() throws {
        func forecast(_ overlap: Job.Overlap) throws -> Forecast {
            try Sample.forecast(
                [Sample.client(), job("often", "0,30 2 22 * *", overlap: overlap), asset("a", ring: "x")], lasting: 3600
            )
        }
        let queued = try forecast(.queue)
        #expect(queued.lines == ["often a 2026-11-22T02:00:00Z", "often a 2026-11-22T03:00:00Z"])
        let replaced = try forecast(.replace)
        #expect(replaced.lines == ["often a 2026-11-22T02:00:00Z", "often a 2026-11-22T02:30:00Z"])
        #expect(replaced.starts[0].endsAt == replaced.starts[1].startsAt)
        #expect(replaced.problems(.missed).map(\.reason) == ["replaced"])
    }

    @Test func `spread moves each target's start by its own share, and never by as much as the spread`() throws {
        let spread = Span(seconds: 7200)
        let forecast = try Sample.forecast(
            [Sample.client(), job("check", "0 1 22 * *", spread: spread)]
                + (1...20).map { asset("a\($0)", ring: "x") })
        #expect(Set(forecast.starts.map(\.startsAt)).count > 10)
        for start in forecast.starts {
            let shift = spread.shift(of: "check", target: forecast.asset(of: start) ?? "")
            #expect(start.startsAt == start.due + shift && shift < .seconds(7200))
        }
    }

    @Test func `an asset that comes of age on the way is a target from that day on`() throws {
        let old = try Selector(parsing: "purchased before 5y")
        let server = Asset(
            name: "a", client: "acme", kind: "server", facts: ["purchased": "2021-11-24"])
        let forecast = try Sample.forecast(
            [Sample.client(), job("review", "0 9 * * *", condition: old), .asset(server)])
        #expect(forecast.lines.first == "review a 2026-11-25T09:00:00Z")
    }
}
