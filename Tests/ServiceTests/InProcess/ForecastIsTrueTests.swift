import Model
import Recurrence
import Reports
import Store
import Testing

/// What was forecast is what then happens, to the run: on a clock that is moved through a month from event to event.
@Suite struct ForecastIsTrueTests {
    private static let length = Duration.seconds(600)
    private static let from = Fleet.at("02T00:00")
    private static let days = 30

    /// Two clients in two zones with a change of the clocks between, six servers each; every kind of gate.
    private static var documents: [Definition] {
        var all = [Fleet.client("acme", zone: "America/Vancouver"), Fleet.client("zeta", zone: "Europe/London")]
        for client in ["acme", "zeta"] {
            for number in 1...6 {
                let labels = ["ring": number == 1 ? "canary" : "rest", "ha": "pair-\((number + 1) / 2)"]
                all.append(Fleet.server("\(client)-\(number)", of: client, labels))
            }
        }
        let freeze = Calendar.Freeze(from: CivilDate("2026-03-17")!, through: CivilDate("2026-03-18")!)
        all += [
            .calendar(Calendar(name: "quiet", freezes: [freeze])),
            .window(
                WindowRule(
                    name: "nights", opens: ScheduleRule(cron: "0 1 * * *"), duration: Span("4h"), cutoff: Span("30m"),
                    except: ["quiet"])),
        ]
        return all + jobs
    }

    private static var jobs: [Definition] {
        [
            Fleet.job("backup", cron: "30 23 * * *") { $0.schedule.spread = Span("45m") },
            Fleet.job("patch", cron: "0 12 * * TUE") { job in
                job.window = "nights"
                job.exclusive = true
                job.requires = [.succeeded(job: "backup", within: Span("6h")!)]
                job.rollout = Rollout(
                    rings: [.init(match: ["ring": "canary"], soak: Span("20h")!), .init(match: [:])],
                    atOnce: .share(34), stopAfter: .number(1), apart: "ha")
            },
            Fleet.job("scan", cron: "0 */5 * * *") { job in
                job.exclusive = true
                job.atOnce = 4
            },
            Fleet.job("sync", cron: "*/30 2 * * *") { job in
                job.overlap = .queue
                job.targets = nil
                job.window = "nights"
            },
            Fleet.job("report", cron: "0 6 1-7 * *") { job in
                job.targets = nil
                job.rollout = Rollout(rings: [.init(match: [:])], stopAfter: .number(0), across: .clients)
            },
        ]
    }

    @Test func `every start of a month was forecast, at its moment, and nothing else starts`() async throws {
        try await Fleet.with(Self.documents) { fleet in
            let question = try await fleet.store.forecastQuestion(
                from: { $0 }, days: Self.days, standard: Self.length)
            let forecast = try Forecast.make(question)
            let foretold = Reality.lines(of: forecast)
            let happened = try await Reality(fleet: fleet) { _ in Self.length }.starts(until: forecast.until)
            #expect(foretold.count > 1_000)
            let missing = Set(foretold).subtracting(happened).sorted()
            let surprising = Set(happened).subtracting(foretold).sorted()
            #expect(missing.prefix(10) == [], "foretold, and did not happen: \(missing.count)")
            #expect(surprising.prefix(10) == [], "happened, and was not foretold: \(surprising.count)")
            #expect(foretold.count == happened.count)
        }
    }
}
