import Model
import Postgres
import Recurrence
import Store
import Testing

/// A fleet that is large is planned a part of its targets at a time, which changes nothing but the memory that it takes.
@Suite struct PlanningInPartsTests {
    @Test func `a fleet that is planned in parts comes to what it comes to as a whole`() async throws {
        let whole = try await Self.history(targetsAtOnce: 10_000)
        #expect(whole.count > 5_000, "\(whole.count)")
        for word in ["ring", "approval", "overlap", "requires", "paused", "missed", "skipped", "failed", "ready"] {
            #expect(whole.contains { $0.contains(" \(word) ") }, "nothing was \(word)")
        }
        #expect(whole.contains { $0.contains("stopped") })
        for most in [4, 11] {
            let parts = try await Self.history(targetsAtOnce: most)
            #expect(parts == whole, "in parts of \(most): \(Set(parts).symmetricDifference(whole).sorted().prefix(9))")
        }
    }

    @Test func `where a part of a fleet is refused nothing of it is there, and it is put off`() async throws {
        try await Fleet.with([Fleet.client("acme"), Fleet.job("all")] + Self.servers, targetsAtOnce: 4) { fleet in
            let pool = fleet.planning.database.pool
            try await fleet.planning.database.execute(
                """
                create function test_refuse() returns trigger language plpgsql as $$
                begin
                    if new.asset_id = (select id from rota.asset where name = 'srv-17') then
                        raise exception 'refused by a test';
                    end if;
                    return new;
                end $$;
                create trigger refuse before insert on rota.run for each row execute function test_refuse();
                """)
            let pass = try await fleet.planning.plan(at: Fleet.text("02T09:00"))
            #expect(pass.troubles.map(\.job) == ["all"])
            #expect(try await pool.standings().count == 0)
            try await fleet.planning.database.execute("drop trigger refuse on rota.run")
            try await fleet.plan("02T09:02")
            #expect(try await pool.standings().map(\.state) == Array(repeating: "ready", count: 23))
        }
    }

    private static let servers = (1...23).map { number in
        Fleet.server("srv-\(number)", ["ring": number <= 3 ? "canary" : "late", "ha": "\(number / 2)"])
    }

    private static let jobs = [
        Fleet.job("plain", cron: "0 */6 * * *") { $0.catchUp = .all },
        Fleet.job("waits", cron: "0 */4 * * *") { $0.overlap = .queue },
        Fleet.job("some") { job in
            job.targets = TargetSelector(kinds: ["server"], labels: ["ring": "late"])
            job.pauseOnFailure = true
        },
        Fleet.job("fleet") { job in
            job.schedule.spread = Span("30m")!
            job.exclusive = true
            job.requires = [.succeeded(job: "plain", within: Span("24h")!)]
            job.rollout = Rollout(
                rings: [.init(match: ["ring": "canary"], soak: Span("1h")!), .init(match: [:])],
                atOnce: Amount("80%"), stopAfter: Amount("10%"), apart: "ha")
        },
    ]

    /// Days with failures, runs that nobody takes, a pause and servers that go: all that is there in the end, in words.
    private static func history(targetsAtOnce: Int) async throws -> [String] {
        try await Fleet.with(
            [Fleet.client("acme")] + servers + jobs, targetsAtOnce: targetsAtOnce
        ) { fleet in
            let moments = [
                "02T00:00", "02T06:00", "02T09:00", "02T09:30", "02T10:30", "02T12:00", "03T08:59", "03T09:00",
                "03T09:31",
                "03T11:00", "04T12:00",
            ]
            var history: [String] = []
            for moment in moments {
                try await fleet.plan(moment)
                if moment == "02T12:00" {
                    _ = try await fleet.store.pause(job: "waits", reason: "test", until: nil, actor: "ann")
                }
                if moment == "03T09:00" { _ = try await fleet.store.resume(job: "waits", actor: "ann") }
                if moment == "03T11:00" {
                    try await fleet.planning.database.execute(
                        "update rota.asset set removed_at = rota.now() where name in ('srv-5', 'srv-23')")
                }
                for lease in try await fleet.planning.lease(fleet.worker) where lease.asset?.name != "srv-9" {
                    let isBad = lease.job.name == "fleet" && ["srv-7", "srv-8", "srv-12"].contains(lease.asset?.name)
                    try await fleet.end(lease, succeeds: !isBad)
                }
                try await fleet.plan()
                history += try await told(fleet.planning.database.pool)
            }
            return history
        }
    }

    private static func told(_ pool: Pool) async throws -> [String] {
        let standings = try await pool.standings().map { standing in
            let reason = standing.reason.map { $0.hasPrefix("run ") ? "run … \($0.drop { $0 != "w" })" : $0 }
            return "\(standing.job) \(standing.asset ?? "-") \(standing.due) \(standing.state) \(standing.hold ?? "-")"
                + " \(reason ?? "-") \(standing.lookAt.map { "\($0)" } ?? "-") \(standing.startBy.map { "\($0)" } ?? "-")"
        }
        let rest = try await pool.query(
            """
            select concat_ws(' ', j.name, s.name, r.due_at, r.ring, array(
                select g.key || '=' || g.most from rota.limit_group g where g.id = any (r.limits) order by 1)::text)
            from rota.run r join rota.job j on j.id = r.job_id left join rota.asset s on s.id = r.asset_id
            union all
            select concat_ws(' ', j.name, a.planned_through, a.wake_at, a.trouble)
            from rota.assignment a join rota.job j on j.id = a.job_id
            union all
            select concat_ws(' ', e.scope, e.event, e.at, e.why) from rota.rollout_event e
            union all
            select concat_ws(' ', p.reason, p.since) from rota.pause p
            """
        ).map { try $0.get(0, as: String.self) }
        return (standings + rest).sorted()
    }
}
