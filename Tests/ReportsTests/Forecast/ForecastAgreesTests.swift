import Model
import Recurrence
import Store
import StoreTestSupport
import Testing

@testable import Reports

/// What a forecast of a database says, and what then really runs.
struct ForecastAgreesTests {
    private static func asset(_ name: String, _ client: String, ring: String, pair: String) -> Definition {
        .asset(Asset(name: name, client: client, kind: "server", labels: ["ring": ring, "pair": pair]))
    }

    /// Two clients in two zones, one of whose clocks is put back; rings, limits, pairs, a window with a freeze, a job that
    /// another requires, and one that goes in turn.
    private static let definitions: [Definition] =
        [
            .client(Client(name: "east", timezone: "Europe/London", labels: ["ring": "canary"])),
            .client(Client(name: "west", timezone: "America/Vancouver", atOnce: 3)),
            .calendar(
                Calendar(
                    name: "frozen",
                    freezes: [.init(from: CivilDate("2026-10-30")!, through: CivilDate("2026-11-02")!, reason: "Move")])
            ),
            .window(
                WindowRule(
                    name: "nights", opens: ScheduleRule(cron: "0 1 * * *"), duration: Span(seconds: 3 * 3600),
                    cutoff: Span(seconds: 1800), except: ["frozen"])),
            job("backup", "30 0 * * *", exclusive: true, lasting: 3600),
            job(
                "patch", "0 1 * * SAT", window: "nights",
                rollout: Rollout(
                    rings: [.init(match: ["ring": "canary"], soak: Span(seconds: 1200)), .init(match: [:])],
                    atOnce: .share(50), apart: "pair"),
                requires: [.succeeded(job: "backup", within: Span(seconds: 86_400))], lasting: 2400),
            job("reboot", "0 3 * * *", window: "nights", exclusive: true, lasting: 1200),
            job("often", "0,30 5 * * *", overlap: .queue, lasting: 2400, spread: Span(seconds: 900)),
        ]
        + ["a", "b", "c", "d"].flatMap { name in
            let ring = name < "c" ? "canary" : "wide"
            let pair = name < "b" || name == "c" ? "left" : name
            return [
                asset("east-\(name)", "east", ring: ring, pair: pair),
                asset("west-\(name)", "west", ring: ring, pair: pair),
            ]
        }

    private static func job(
        _ name: String, _ cron: String, window: String? = nil, overlap: Job.Overlap = .skip, exclusive: Bool? = nil,
        rollout: Rollout? = nil, requires: [Requirement]? = nil, lasting: Int64, spread: Span? = nil
    ) -> Definition {
        .job(
            Job(
                name: name, schedule: ScheduleRule(cron: cron, spread: spread), window: window,
                targets: TargetSelector(kinds: ["server"]), overlap: overlap, exclusive: exclusive, rollout: rollout,
                requires: requires, action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: lasting)))))
    }

    @Test func `what then really runs is what was foretold, to the run, through a week`() async throws {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-10-31T08:00:00Z")
            var real = RealHistory(database)
            _ = try await real.store.apply(
                documents: Self.definitions, prune: false, dryRun: false, actor: "ann")
            let question = try await real.store.forecastQuestion(
                from: { $0 }, days: 8, standard: .seconds(86_400))
            let forecast = try Forecast.make(question)
            for job in question.catalogue.jobs.values { real.durations[job.name] = question.duration(of: job) }
            try await real.live(until: question.until)
            #expect(real.lines.count > 150)
            #expect(Set(forecast.starts.map(\.ring)) == [0, 1])
            #expect(forecast.problems.contains { $0.kind == .frozen })
            #expect(real.lines.sorted() == forecast.lines.sorted())
        }
    }

    @Test func `a forecast begins with what is open, and believes what history says of a job's length`() async throws {
        try await withMigratedDatabase { database in
            try await database.setClock("2026-10-31T08:00:00Z")
            var real = RealHistory(database)
            _ = try await real.store.apply(documents: Self.definitions, prune: false, dryRun: false, actor: "ann")
            real.durations = ["backup": .seconds(1800), "patch": .seconds(600), "often": .seconds(60)]
            try await real.live(until: Instant(rfc3339: "2026-11-01T01:00:01Z")!)
            let question = try await real.store.forecastQuestion(from: { $0 }, days: 1, standard: .seconds(600))
            let forecast = try Forecast.make(question)
            // Backups began at 00:30 in London, took half an hour, and are history.
            #expect(question.durations["backup"] == .seconds(1800))
            let before = real.lines.count
            real.durations["reboot"] = .seconds(600)
            real.durations["patch"] = question.durations["patch"] ?? .seconds(600)
            real.durations["often"] = question.durations["often"] ?? .seconds(600)
            try await real.live(until: question.until)
            #expect(real.lines.dropFirst(before).sorted() == forecast.lines.sorted())
        }
    }
}
