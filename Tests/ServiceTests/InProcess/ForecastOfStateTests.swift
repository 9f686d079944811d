import Model
import Recurrence
import Reports
import Store
import Testing

/// A forecast begins with all that the database knows: what was stopped, resumed and ended, what was found and what failed.
@Suite struct ForecastOfStateTests {
    private static let clients = ["stops", "resumed", "soaks", "aborted"]

    private static var documents: [Definition] {
        var all: [Definition] = [
            .calendar(
                Calendar(
                    name: "quiet", freezes: [.init(from: CivilDate("2026-03-01")!, through: CivilDate("2026-03-20")!)])),
            .window(
                WindowRule(
                    name: "nights", opens: ScheduleRule(cron: "0 1 * * *"), duration: Span("4h"), except: ["quiet"])),
        ]
        for client in clients {
            all.append(Fleet.client(client))
            for number in 1...4 {
                all.append(Fleet.server("\(client)-\(number)", of: client, ["ring": number == 1 ? "canary" : "rest"]))
            }
        }
        return all + jobs
    }

    private static var jobs: [Definition] {
        [
            Fleet.job("patch", cron: "0 9 2 * *") { job in
                job.rollout = Rollout(
                    rings: [.init(match: ["ring": "canary"], soak: Span("20h")!), .init(match: [:])],
                    atOnce: .share(25), stopAfter: .number(1))
            },
            Fleet.job("check", cron: "0 6 * * *"),
            Fleet.job("clean", cron: "30 6 * * *") { $0.requires = [.noFinding(.warning)] },
            Fleet.job("backup", cron: "0 7 * * *") { $0.pauseOnFailure = true },
            Fleet.job("reboot", cron: "0 12 1 1 *") { $0.window = "nights" },
            Fleet.job("sync", cron: "0 8 2 * *") { job in
                job.targets = nil
                job.rollout = Rollout(rings: [.init(match: [:])], atOnce: .number(1), across: .clients)
            },
        ]
    }

    @Test func `what was decided, found and failed before is known to a forecast, start by start`() async throws {
        try await Fleet.with(Self.documents) { fleet in
            let going = try await Self.past(of: fleet)
            let question = try await fleet.store.forecastQuestion(from: { $0 }, days: 3, standard: .seconds(600))
            let forecast = try Forecast.make(question)
            let foretold = Reality.lines(of: forecast)
            Self.expectProblems(forecast)
            let lengths = Dictionary(
                uniqueKeysWithValues: question.catalogue.jobs.values.map { ($0.name, question.duration(of: $0)) })
            let ends = going.map { lease in (lease, Fleet.at("02T09:50") + (lengths[lease.job.name] ?? .zero)) }
            let happened = try await Reality(fleet: fleet, going: ends) { lengths[$0.name] ?? .zero }
                .starts(until: forecast.until)
            #expect(Set(foretold).subtracting(happened).sorted() == [], "foretold, and did not happen")
            #expect(Set(happened).subtracting(foretold).sorted() == [], "happened, and was not foretold")
            #expect(foretold.count == happened.count)
            // That all of it was there to be known.
            let patched = Set(
                happened.filter { $0.contains(" patch ") }.compactMap { $0.split(separator: " ").dropFirst(2).first })
            #expect(patched == ["resumed-2", "resumed-3", "resumed-4", "soaks-2", "soaks-3", "soaks-4"])
            #expect(
                !happened.contains { $0.contains(" clean soaks-2 ") }
                    && happened.contains { $0.contains(" clean soaks-3 ") })
            #expect(
                !happened.contains { $0.contains(" backup stops-") }
                    && happened.contains { $0.contains(" backup soaks-") })
            #expect(happened.contains { $0.contains(" reboot soaks-1 ") })
        }
    }

    private static func expectProblems(_ forecast: Forecast) {
        let held = forecast.problems.filter { $0.kind == .held }
        #expect(held.map(\.reason).contains("approval") && held.map(\.client).contains("stops"))
        #expect(held.first { $0.reason == "approval" }?.text.contains("'rota rollout resume patch'") == true)
        let found = forecast.problems.filter { $0.asset == "soaks-2" && $0.reason == "finding" }
        #expect(!found.isEmpty)
        #expect(
            found.allSatisfy { $0.text.contains("check has found something critical") && $0.text.contains("disk full") }
        )
    }

    /// Up to 10:00 of the second: one rollout is stopped, one was and goes on, one soaks, one is ended; something is found, a
    /// backup failed while its job was paused until the next day, somebody wants a restart in spite of a freeze, and there are
    /// more servers than when the rollouts began.
    ///
    /// - Returns: what is in hand.
    private static func past(of fleet: Fleet) async throws -> [Lease] {
        try await work(fleet, at: "02T06:00", until: "02T06:05")
        try await work(fleet, at: "02T06:30", until: "02T06:35")
        try await work(fleet, at: "02T07:00", until: "02T07:05", failing: ["stops-1"]) {
            _ = try await fleet.store.pause(
                job: "backup", reason: "moving", until: Fleet.at("03T12:00"), actor: "ann")
        }
        try await work(fleet, at: "02T08:00", until: "02T08:05")
        try await work(fleet, at: "02T09:00", until: "02T09:05", failing: ["stops-1", "resumed-1"])
        _ = try await fleet.store.resumeRollouts(job: "patch", client: "resumed", reason: "known", actor: "ann")
        _ = try await fleet.store.abortRollouts(job: "patch", client: "aborted", reason: "bad", actor: "ann")
        try await fleet.apply((5...12).map { Fleet.server("soaks-\($0)", of: "soaks") })
        try await fleet.plan("02T09:50")
        let inHand = try await fleet.planning.lease(fleet.worker)
        try await fleet.plan("02T10:00")
        _ = try await fleet.store.requestRuns(
            job: "reboot", client: nil, asset: "soaks-1", overridingFreeze: "it hangs", actor: "ann")
        return inHand
    }

    /// Does what may start at a moment; something happens while that is done.
    private static func work(
        _ fleet: Fleet, at start: String, until end: String, failing: Set<String> = [],
        meanwhile: () async throws -> Void = {}
    ) async throws {
        try await fleet.plan(start)
        let leases = try await fleet.planning.lease(fleet.worker)
        try await meanwhile()
        try await fleet.planning.database.setClock(Fleet.text(end))
        for lease in leases {
            if failing.contains(lease.asset?.name ?? "") {
                try await fleet.end(lease, succeeds: false)
                continue
            }
            let isFull = lease.job.name == "check" && lease.asset?.name == "soaks-2"
            let findings = isFull ? [Finding(key: "disk", severity: .critical, text: "disk full")] : nil
            _ = try await fleet.store.finish(
                worker: fleet.worker, lease: lease, outcome: Outcome(.succeeded, exitCode: 0, findings: findings),
                verdict: .finish(.succeeded))
        }
        try await fleet.plan()
    }
}
