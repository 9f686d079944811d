import Model
import Recurrence
import Store
import Testing

/// A window from 02:00 to 03:00 whose last start is 02:45, and a job that is due at midnight.
@Suite struct WindowTests {
    private let night = WindowRule(
        name: "night", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3600),
        cutoff: Span(seconds: 900))

    @Test func `a run is held until its window opens, and says why`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            try await begin(planning)
            let run = try await planning.database.pool.standing()
            #expect(run.state == "held")
            #expect(run.hold == "window")
            #expect(run.reason == "window night opens at 2026-03-03T02:00:00Z")
            #expect(run.lookAt == instant("2026-03-03T02:00:00Z"))
            #expect(try await planning.lease(planning.worker()).isEmpty)
        }
    }

    @Test func `a run is ready from the opening to the last start, and then held again`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            try await begin(planning)
            try await planning.plan(at: "2026-03-03T01:59:59Z")
            #expect(try await planning.database.pool.standing().state == "held")

            try await planning.plan(at: "2026-03-03T02:00:00Z")
            let open = try await planning.database.pool.standing()
            #expect(open.state == "ready")
            #expect(open.startBy == instant("2026-03-03T02:45:00Z"))

            try await planning.plan(at: "2026-03-03T02:45:00Z")
            let closed = try await planning.database.pool.standing()
            #expect(closed.state == "held")
            #expect(closed.hold == "window")
            #expect(closed.lookAt == instant("2026-03-04T02:00:00Z"))
        }
    }

    @Test func `nothing is leased past its last start, whatever a scheduler got around to`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            try await begin(planning)
            try await planning.plan(at: "2026-03-03T02:00:00Z")
            let worker = try await planning.worker()
            try await planning.database.setClock("2026-03-03T02:45:00Z")
            #expect(try await planning.lease(worker).isEmpty)
            try await planning.database.setClock("2026-03-03T02:44:59Z")
            #expect(try await planning.lease(worker).map(\.startWithin) == [.seconds(1)])
        }
    }

    @Test func `a run starts only where it can finish before the window closes`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            try await begin(planning, timeout: 2400)
            try await planning.plan(at: "2026-03-03T02:00:00Z")
            #expect(try await planning.database.pool.standing().startBy == instant("2026-03-03T02:20:00Z"))
        }
    }

    @Test func `a failed run is tried again in the window, or in the next one`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            try await begin(planning)
            try await planning.plan(at: "2026-03-03T02:00:00Z")
            let worker = try await planning.worker()
            let lease = try #require(try await planning.lease(worker).first)
            let verdict = Verdict.retry(after: .seconds(3600))
            let end = Outcome(.failed, exitCode: 1)
            let result = try await planning.store.finish(
                worker: worker, lease: lease, outcome: end, verdict: verdict)
            #expect(result)
            try await planning.plan(at: "2026-03-03T02:45:00Z")
            #expect(try await planning.database.pool.standing().lookAt == instant("2026-03-04T02:00:00Z"))
        }
    }

    @Test func `a closed day holds a run as frozen, by the calendar's own word`() async throws {
        try await Planning.with(at: "2026-03-02T12:00:00Z") { planning in
            let calendar = Calendar(
                name: "year-end",
                freezes: [.init(from: CivilDate("2026-03-01")!, through: CivilDate("2026-03-04")!, reason: "Audit")])
            try await planning.estate.add(calendar)
            var window = night
            window.except = ["year-end"]
            try await planning.estate.add(window)
            try await planning.add(Jobs.command(cron: "30 2 * * *", window: "night"), from: "2026-03-02T12:00:00Z")
            try await planning.plan(at: "2026-03-03T02:30:00Z")
            let run = try await planning.database.pool.standing()
            #expect(run.hold == "frozen")
            #expect(run.reason?.contains("Audit") == true, "\(run)")
            #expect(run.lookAt == instant("2026-03-05T02:00:00Z"))
        }
    }

    private func begin(_ planning: Planning, timeout: Int64 = 600) async throws {
        try await planning.estate.add(night)
        try await planning.add(
            Jobs.command(cron: "0 0 3 3 *", window: "night", timeout: timeout), from: "2026-03-02T12:00:00Z")
        try await planning.plan(at: "2026-03-03T00:00:00Z")
    }
}
