import Model
import Postgres
import Recurrence
import Testing

@testable import Store

/// What lists of definitions tell beside them.
struct ListTests {
    @Test func `a job is listed with its revision, its clients, its pause and its troubles`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")), .job(Sample.job("patch")),
                .job(Sample.job("backup", clients: .named(["lake"]))))
            try await desk.apply(.job(Sample.job("patch", cron: "0 4 * * *")))
            _ = try await desk.store.pause(job: "patch", reason: "flood", until: nil, actor: "bob")
            try await desk.database.execute("update rota.assignment set trouble = 'no zone' where client_id = 1")
            let jobs = try await desk.store.jobs()
            #expect(jobs.map(\.job.name) == ["backup", "patch"])
            #expect(jobs.map(\.revision) == [1, 2])
            #expect(jobs.map(\.clients) == [1, 2])
            #expect(jobs.map(\.troubles) == [0, 1])
            #expect(jobs.map { $0.pause?.reason } == [nil, "flood"])
            #expect(jobs.map(\.changedBy) == ["ann", "ann"])
            let only = try await desk.store.jobs(named: "backup")
            #expect(only.map(\.job.name) == ["backup"])
        }
    }

    @Test func `a client is listed with how many assets and jobs it has`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")), .job(Sample.job("patch")),
                .asset(Sample.asset("a", of: "lake")), .asset(Sample.asset("b", of: "lake")))
            let clients = try await desk.store.clients()
            #expect(clients.map(\.client.name) == ["harbour", "lake"])
            #expect(clients.map(\.assets) == [0, 2])
            #expect(clients.map(\.jobs) == [1, 1])
        }
    }

    @Test func `assets are listed by client and name, one more than the limit where there are more`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")),
                .asset(Sample.asset("c", of: "harbour")))
            _ = try await desk.store.importAssets(
                [Sample.asset("b", of: "lake"), Sample.asset("a", of: "lake")], actor: "ann")
            let all = try await desk.store.assets(limit: 10)
            #expect(all.map(\.asset.name) == ["c", "a", "b"])
            #expect(all.map(\.isImported) == [false, true, true])
            let some = try await desk.store.assets(client: "lake", limit: 1)
            #expect(some.map(\.asset.name) == ["a", "b"])
        }
    }

    @Test func `a selector lists what it means, with the date at each client`() async throws {
        try await Desk.with { desk in
            // 2026-02-15T12:00Z is the 16th already in Kiritimati.
            try await desk.apply(
                .client(Sample.client("east", timezone: "Pacific/Kiritimati")), .client(Sample.client("west")))
            let facts = ["purchased": "2021-02-15"]
            _ = try await desk.store.importAssets(
                ["east", "west"].map { Asset(name: "srv-\($0)", client: $0, kind: "server", facts: facts) }
                    + (1...5).map { Asset(name: "lap-\($0)", client: "west", kind: "laptop", labels: ["os": "linux"]) },
                actor: "ann")
            let old = try await desk.store.assets(matching: Selector(parsing: "purchased before 5y"), limit: 10)
            #expect(old.map(\.asset.name) == ["srv-east"])
            let linux = try await desk.store.assets(client: "west", matching: Selector(parsing: "os=linux"), limit: 3)
            #expect(linux.map(\.asset.name) == ["lap-1", "lap-2", "lap-3", "lap-4"])
        }
    }

    @Test func `assignments are listed with how many runs stand where, and with the last success`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .job(Sample.job("patch")), .job(Sample.job("other")))
            for (asset, place) in [("a", "held"), ("b", "ready"), ("c", "waiting")] {
                try await desk.apply(.asset(Sample.asset(asset, of: "harbour")))
                _ = try await desk.run("patch", "harbour", asset: asset, in: place)
            }
            let done = try await desk.run("patch", "harbour", in: "held")
            _ = try await desk.database.pool.query(
                """
                with gone as (delete from rota.held where run_id = $1 returning *)
                insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts)
                select run_id, due_at, assignment_id, 'succeeded', rota.now(), 1::smallint from gone
                """, [done])
            let assignments = try await desk.store.assignments(client: "harbour")
            #expect(assignments.map(\.job) == ["other", "patch"])
            let patch = assignments[1]
            #expect([patch.held, patch.ready, patch.leased, patch.waiting] == [1, 1, 0, 1])
            #expect(patch.lastSuccess == Instant(rfc3339: Sample.noon))
            #expect(assignments[0].lastSuccess == nil)
        }
    }
}
