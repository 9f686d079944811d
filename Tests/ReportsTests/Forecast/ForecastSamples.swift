import Model
import Recurrence
import Store

@testable import Reports

/// Short words for the cases of forecasts. All of them begin on Saturday, 21 November 2026.
enum Sample {
    static let from = Instant(rfc3339: "2026-11-21T00:00:00Z")!

    static func client(_ name: String = "acme", zone: String = "UTC", atOnce: Int? = nil) -> Definition {
        .client(Client(name: name, timezone: zone, atOnce: atOnce))
    }

    static func servers(_ count: Int, client: String = "acme", labels: [String: String] = [:]) -> [Definition] {
        (1...count).map { .asset(Asset(name: "\(client)-\($0)", client: client, kind: "server", labels: labels)) }
    }

    /// Sundays from 02:00 for three hours, nothing in the last 45 minutes, and not in the year-end freeze.
    static let window: [Definition] = [
        .window(
            WindowRule(
                name: "patching", opens: ScheduleRule(cron: "0 2 * * SUN"), duration: Span(seconds: 3 * 3600),
                cutoff: Span(seconds: 45 * 60), except: ["year-end"])),
        .calendar(
            Calendar(
                name: "year-end",
                freezes: [
                    .init(from: CivilDate("2026-12-19")!, through: CivilDate("2027-01-03")!, reason: "Year-end freeze")
                ])),
    ]

    static func job(
        _ name: String, _ cron: String, window: String? = nil, within: Span? = nil, atOnce: Int? = nil,
        exclusive: Bool? = nil, rollout: Rollout? = nil, action: Action? = nil, queue: String = "default"
    ) -> Definition {
        .job(
            Job(
                name: name, schedule: ScheduleRule(cron: cron), window: window,
                targets: TargetSelector(kinds: ["server"]), within: within, queue: queue, atOnce: atOnce,
                exclusive: exclusive, rollout: rollout,
                action: action ?? .exec(ExecAction(command: ["true"], timeout: Span(seconds: 3600)))))
    }

    static func question(_ definitions: [Definition], days: Int = 7, lasting: Int64 = 600) -> ForecastQuestion {
        ForecastQuestion(
            catalogue: Catalogue(definitions), now: from, from: from, until: from + .seconds(86_400 * days),
            standard: .seconds(lasting))
    }

    /// Of a database in which all is planned up to the beginning, and nothing is open.
    static func facts(of catalogue: Catalogue) -> ForecastFacts {
        var facts = ForecastFacts(now: from)
        facts.planned = catalogue.planned(through: Instant(microseconds: from.microseconds - 1))
        for (place, name) in catalogue.assets.keys.sorted().enumerated() { facts.assets[name] = Int64(place) + 1 }
        return facts
    }

    static func forecast(_ definitions: [Definition], days: Int = 7, lasting: Int64 = 600) throws -> Forecast {
        try Forecast.make(question(definitions, days: days, lasting: lasting))
    }
}

extension Forecast {
    /// `patch acme-1 2026-11-22T02:00:00Z`
    var lines: [String] { starts.map { "\(job(of: $0)) \(asset(of: $0) ?? "-") \($0.startsAt)" } }

    func problems(_ kind: ForecastProblem.Kind) -> [ForecastProblem] { problems.filter { $0.kind == kind } }
}
