import Model
import Recurrence
import Store
import Testing

/// Rollouts through the database: what ends a run has what waits for it looked at.
@Suite struct RolloutTests {
    private static let rings = Rollout(
        rings: [.init(match: ["ring": "canary"], soak: Span("1h")!), .init(match: [:])], stopAfter: .number(1))

    private static let estate: [Definition] = [
        Fleet.client("acme"), Fleet.server("canary", ["ring": "canary"]), Fleet.server("one"), Fleet.server("two"),
    ]

    private static func estate(_ rollout: Rollout = rings) -> [Definition] {
        estate + [Fleet.job("patch") { $0.rollout = rollout }]
    }

    @Test func `the next ring goes when the last has finished and soaked, and nobody looks in between`() async throws {
        try await Fleet.with(Self.estate()) { fleet in
            try await fleet.plan("02T09:00")
            #expect(try await fleet.standing("patch") == ["canary": "ready", "one": "ring", "two": "ring"])
            #expect(try await fleet.work() == ["canary"])
            #expect(
                try await fleet.store.rollouts(job: "patch").rollouts.map(\.position) == [
                    .soaking(ring: 0, next: 1, until: Fleet.at("02T10:00"))
                ])
            #expect(try await fleet.work() == [])
            try await fleet.plan("02T10:00")
            #expect(try await fleet.work() == ["one", "two"])
            #expect(try await fleet.store.rollouts(job: "patch").rollouts.map(\.position) == [.finished])
        }
    }

    @Test func `a ring without a success stops it, a person is asked, and lets it go on`() async throws {
        try await Fleet.with(Self.estate()) { fleet in
            try await fleet.plan("02T09:00")
            try await fleet.work(succeed: { _ in false })
            #expect(try await fleet.standing("patch") == ["one": "approval", "two": "approval"])
            let tasks = try await fleet.store.stoppedRollouts(RunFilter())
            #expect(tasks.map(\.kind) == [.rollout] && tasks.map(\.client) == ["acme"])
            #expect(tasks.first?.checklist.first?.hasPrefix("ring 1 (ring=canary) had no success: 1 failed") == true)
            let answer = try await fleet.store.resumeRollouts(
                job: "patch", client: nil, reason: "known", actor: "ann")
            guard case .decided(let rollouts, _) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(rollouts.count == 1)
            try await fleet.plan("02T10:00")
            #expect(try await fleet.work() == ["one", "two"])
            #expect(try await fleet.store.stoppedRollouts(RunFilter()) == [])
        }
    }

    @Test func `more failures than stopAfter hold what has not started; aborting cancels it`() async throws {
        try await Fleet.with(Self.estate(Rollout(atOnce: .number(1), stopAfter: .number(0)))) { fleet in
            try await fleet.plan("02T09:00")
            #expect(try await fleet.work(succeed: { _ in false }).count == 1)
            let held = try await fleet.standing("patch")
            #expect(held.count == 2 && Set(held.values) == ["approval"])
            let answer = try await fleet.store.abortRollouts(job: "patch", client: "acme", reason: "bad", actor: "ann")
            guard case .decided(_, let cancelled) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(cancelled == 2)
            #expect(try await fleet.standing("patch") == [:])
            #expect(
                try await fleet.store.abortRollouts(job: "patch", client: nil, reason: "bad", actor: "ann") == .nothing)
            try await fleet.plan("03T09:00")
            #expect(Set(try await fleet.standing("patch").values) == ["ready"], "the next occurrence is a new one")
        }
    }

    @Test func `a list of rollouts ends at its limit, and tells how many there are`() async throws {
        let documents = ["acme", "bolt", "core"].flatMap { name in
            [Fleet.client(name), Fleet.server("\(name)-server", of: name)]
        }
        try await Fleet.with(documents + [Fleet.job("patch") { $0.rollout = Self.rings }]) { fleet in
            try await fleet.plan("02T09:00")
            let all = try await fleet.store.rollouts(job: "patch")
            #expect(all.rollouts.map(\.client) == ["acme", "bolt", "core"] && all.total == 3)
            let two = try await fleet.store.rollouts(job: "patch", limit: 2)
            #expect(two.rollouts == Array(all.rollouts.prefix(2)) && two.total == 3)
        }
    }

    @Test func `aborting ends what has begun, of each client or of all together, and not what was made ahead`()
        async throws
    {
        let documents = [
            Fleet.client("perth", zone: "Australia/Perth"), Fleet.client("lima", zone: "America/Lima"),
            Fleet.server("p1", of: "perth"), Fleet.server("p2", of: "perth"), Fleet.server("l1", of: "lima"),
            Fleet.job("across", cron: "0 9 3,4 * *") { $0.rollout = Rollout(stopAfter: .number(0), across: .clients) },
            Fleet.job("each", cron: "0 9 3,4 * *") { job in
                job.rollout = Rollout(stopAfter: .number(0))
                job.overlap = .allow
            },
        ]
        try await Fleet.with(documents) { fleet in
            for moment in ["03T01:00", "03T14:00"] { try await fleet.plan(moment) }
            for (job, rollouts, runs) in [("across", 1, 3), ("each", 2, 3)] {
                let answer = try await fleet.store.abortRollouts(job: job, client: nil, reason: "bad", actor: "ann")
                guard case .decided(let ended, let cancelled) = answer else {
                    Issue.record("\(job): \(answer)")
                    continue
                }
                #expect(ended.count == rollouts && cancelled == runs, "\(job): \(ended.map(\.scope)), \(cancelled)")
                let next = try await fleet.store.rollouts(job: job).rollouts.filter { rollout in
                    if case .aborted = rollout.position { false } else { true }
                }
                #expect(next.allSatisfy { !$0.hasBegun && $0.tally.planned == 3 })
                #expect(next.count == (job == "across" ? 1 : 0), "\(job): \(next.map(\.scope))")
                #expect(try await fleet.standing(job).count == 3 * next.count)
            }
            try await fleet.plan("04T14:00")
            #expect(try await fleet.standing("across").count == 3)
            #expect(try await fleet.standing("each").count == 3)
        }
    }

    @Test func `clients whose local times never meet do not wait for each other for ever`() async throws {
        let documents = [
            Fleet.client("perth", zone: "Australia/Perth"), Fleet.client("lima", zone: "America/Lima"),
            Fleet.server("p1", of: "perth"), Fleet.server("l1", of: "lima"),
            Fleet.job("sync") { job in
                job.schedule = ScheduleRule(every: Span("50h")!)
                job.rollout = Rollout(rings: [.init(match: [:])], across: .clients)
            },
        ]
        try await Fleet.with(documents) { fleet in
            let schedule = try ScheduleRule(every: Span("50h")!).schedule(in: .utc)
            let due = try #require(try schedule.next(after: instant(Planning.start))?.at)
            for moment in [due - .seconds(3600), due, due + .seconds(30)] {
                try await fleet.planning.plan(at: "\(moment)")
            }
            #expect(try await fleet.work() == ["l1", "p1"])
        }
    }

    @Test func `over all clients one ring goes before the next, each client in its own night`() async throws {
        let documents = [
            Fleet.client("perth", zone: "Australia/Perth"),
            Fleet.client("lima", zone: "America/Lima", labels: ["ring": "pilot"]),
            Fleet.server("p1", of: "perth"), Fleet.server("l1", of: "lima"),
            Fleet.job("patch", cron: "0 9 3 * *") { job in
                job.rollout = Rollout(rings: [.init(match: ["ring": "pilot"]), .init(match: [:])], across: .clients)
            },
        ]
        try await Fleet.with(documents) { fleet in
            // 09:00 of 3 March is 01:00Z in Perth and 14:00Z in Lima, which is the pilot.
            try await fleet.plan("03T01:00")
            try await fleet.plan("03T01:01")
            #expect(try await fleet.standing("patch")["p1"] == "ring", "perth is due, and waits for the pilot")
            #expect(try await fleet.work() == [])
            try await fleet.plan("03T14:00")
            #expect(try await fleet.work() == ["l1"])
            #expect(try await fleet.work() == ["p1"])
        }
    }
}
