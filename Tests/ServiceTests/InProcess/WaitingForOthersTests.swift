import Model
import Recurrence
import Store
import Testing

/// Runs that wait for others: by requirement, behind an earlier one, or because somebody paused them.
@Suite struct WaitingForOthersTests {
    private static let two = [Fleet.client("acme"), Fleet.server("one"), Fleet.server("two", ["tier": "gold"])]

    @Test func `the success that a run needs opens its gate at once, on that asset alone`() async throws {
        let documents =
            Self.two + [
                Fleet.job("backup", cron: "0 8 * * *"),
                Fleet.job("patch") { $0.requires = [.succeeded(job: "backup", within: Span("2h")!)] },
            ]
        try await Fleet.with(documents) { fleet in
            try await fleet.plan("02T09:00")
            #expect(try await fleet.standing("patch") == ["one": "requires", "two": "requires"])
            try await fleet.work("backup", succeed: { $0.asset?.name == "one" })
            #expect(try await fleet.standing("patch") == ["one": "ready", "two": "requires"])
            try await fleet.plan("02T11:00")
            #expect(
                try await fleet.standing("patch")["one"] == "requires", "the success is too old, and nobody took it")
        }
    }

    @Test func `queue: the run that waits goes when the one before it is over`() async throws {
        try await Fleet.with(Self.two + [Fleet.job("sync", cron: "0 * * * *") { $0.overlap = .queue }]) { fleet in
            try await fleet.plan("02T09:00")
            let first = try await fleet.planning.lease(fleet.worker)
            try await fleet.plan("02T10:00")
            #expect(try await fleet.work() == [])
            for lease in first { try await fleet.end(lease) }
            try await fleet.plan()
            #expect(try await fleet.work() == ["one", "two"])
        }
    }

    @Test func `replace: the worker is told to end the one that is going`() async throws {
        try await Fleet.with(Self.two + [Fleet.job("sync", cron: "0 * * * *") { $0.overlap = .replace }]) { fleet in
            try await fleet.plan("02T09:00")
            let first = try await fleet.planning.lease(fleet.worker)
            try await fleet.plan("02T09:59")
            try await fleet.plan("02T10:00")
            let renewal = try await fleet.store.renew(
                worker: fleet.worker, attempts: first.map(\.attempt), length: .seconds(30))
            #expect(Set(renewal.cancelled) == Set(first.map(\.attempt)))
            #expect(try await fleet.standing("sync") == ["one": "overlap", "two": "overlap"])
            for lease in first {
                let end = EndedAttempt(lease, .finished(Outcome(.cancelled, message: "ended"), .finish(.cancelled)))
                _ = try await fleet.store.finish(worker: fleet.worker, [end])
            }
            let reasons = try await fleet.planning.database.pool.standings().filter { $0.state == "cancelled" }
                .map(\.reason)
            let why = "replaced by the one that was due at 2026-03-02T10:00:00Z; ended"
            #expect(reasons == [why, why])
        }
    }

    @Test func `a failure for good pauses the job at that client, and resuming it fires nothing for the past`()
        async throws
    {
        try await Fleet.with(Self.two + [Fleet.job("sync", cron: "0 * * * *") { $0.pauseOnFailure = true }]) { fleet in
            try await fleet.plan("02T01:00")
            try await fleet.work(succeed: { $0.asset?.name == "one" })
            try await fleet.plan("02T02:00")
            #expect(try await fleet.standing("sync") == [:])
            let missed = try await fleet.store.history(RunFilter(states: [.skipped])).rows
            #expect(missed.count == 2)
            #expect(try await fleet.store.resume(job: "sync", actor: "ann") == .resumed)
            try await fleet.plan("02T02:30")
            #expect(try await fleet.standing("sync") == [:], "nothing fires for the past")
            try await fleet.plan("02T03:00")
            #expect(
                try await fleet.work() == ["one", "two"], "what failed before it was resumed does not pause it again")
        }
    }

    @Test func `pauses of a client, an asset and a label hold what they cover, and end alone`() async throws {
        try await Fleet.with(Self.two + [Fleet.job("sync", cron: "0 * * * *")]) { fleet in
            let store = fleet.store
            try await fleet.plan("02T09:00")
            for subject in [
                PauseSubject(asset: "one"), PauseSubject(label: .init(key: "tier", value: "gold")),
                PauseSubject(client: "acme"),
            ] {
                #expect(try await store.pause(subject, reason: "audit", until: nil, actor: "ann") == .paused)
            }
            try await fleet.plan()
            #expect(try await fleet.standing("sync") == ["one": "paused", "two": "paused"])
            #expect(try await store.resume(PauseSubject(client: "acme"), actor: "ann") == .resumed)
            try await fleet.plan()
            #expect(try await fleet.standing("sync") == ["one": "paused", "two": "paused"])
            #expect(try await store.resume(PauseSubject(asset: "one"), actor: "ann") == .resumed)
            try await fleet.plan()
            #expect(try await fleet.standing("sync") == ["one": "ready", "two": "paused"])
            #expect(try await store.resume(PauseSubject(asset: "one"), actor: "ann") == .notPaused)
            #expect(
                try await store.pause(PauseSubject(asset: "nope"), reason: "x", until: nil, actor: "ann") == .unknown)
        }
    }

    @Test func `room that nobody takes is given to the next, though nobody leaves the group`() async throws {
        let documents = Self.two + [Fleet.server("three"), Fleet.job("sync", cron: "0 * * * *") { $0.atOnce = 1 }]
        try await Fleet.with(documents) { fleet in
            try await fleet.plan("02T09:00")
            let first = try await fleet.planning.lease(fleet.worker)
            #expect(first.count == 1)
            for lease in first { try await fleet.end(lease) }
            let open = try await fleet.store.runs(RunFilter(states: [.ready]), lately: fleet.store.now()).rows
            let free = try #require(open.first { $0.parking == nil })
            #expect(open.count == 2 && open.contains { $0.parking != nil })
            _ = try await fleet.store.cancel(run: free.run, reason: nil, actor: "ann")
            #expect(try await fleet.planning.lease(fleet.worker).isEmpty)
            try await fleet.store.unparkWhereRoom()
            #expect(try await fleet.planning.lease(fleet.worker).count == 1)
        }
    }

    @Test func `a person's word against a freeze counts for that run alone`() async throws {
        let frozen = Calendar(
            name: "quiet", freezes: [.init(from: CivilDate("2026-03-01")!, through: CivilDate("2026-03-31")!)])
        let window = WindowRule(
            name: "days", opens: ScheduleRule(cron: "0 8 * * *"), duration: Span("8h"), except: ["quiet"])
        let documents =
            Self.two + [
                .calendar(frozen), .window(window), Fleet.job("patch", cron: "0 9 1 * *") { $0.window = "days" },
            ]
        try await Fleet.with(documents) { fleet in
            try await fleet.planning.database.setClock(Fleet.text("02T09:30"))
            func ask(_ asset: String, _ why: String?) async throws {
                _ = try await fleet.store.requestRuns(
                    job: "patch", client: nil, asset: asset, overridingFreeze: why, actor: "ann")
            }
            try await ask("one", nil)
            try await ask("two", "the breach cannot wait")
            try await fleet.plan()
            #expect(try await fleet.standing("patch") == ["one": "frozen", "two": "ready"])
            try await fleet.plan("02T15:55")
            let closed = try await fleet.standing("patch")
            #expect(closed == ["one": "frozen", "two": "window"], "until the next morning")
        }
    }
}
