import Model
import Postgres
import Testing

@testable import Store

struct ImportTests {
    @Test func `what is new, changed and unchanged is counted, and only that is written`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")))
            let assets = (1...3).map { Sample.asset("srv-\($0)", of: "harbour") }
            let first = try await desk.store.importAssets(assets, actor: "ann")
            #expect(first == ImportResult(created: ["srv-1", "srv-2", "srv-3"]))
            var second = assets + [Sample.asset("srv-4", of: "harbour")]
            second[0].facts["model"] = "T340"
            let result = try await desk.store.importAssets(second, actor: "ann")
            #expect(result == ImportResult(created: ["srv-4"], changed: ["srv-1"], unchanged: 2))
            #expect(try await desk.store.catalogue().assets["srv-1"] == second[0])
            let again = try await desk.store.importAssets(second, actor: "ann")
            #expect(again == ImportResult(unchanged: 4))
            let acts = try await desk.texts("select verb || ' ' || detail::text from rota.act where verb = 'import'")
            #expect(acts.count == 2)
        }
    }

    @Test func `all or nothing, and every bad line is told`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .asset(Sample.asset("written", of: "harbour")))
            let refused = try await #require(throws: ImportRefused.self) {
                try await desk.store.importAssets(
                    [
                        Sample.asset("a", of: "harbour"), Sample.asset("b", of: "harbor"),
                        Sample.asset("written", of: "harbour"), Sample.asset("a", of: "harbour"),
                    ], actor: "ann")
            }
            #expect(refused.reasons.map(\.index) == [1, 2, 3])
            #expect(
                refused.reasons.map(\.message) == [
                    "there is no client 'harbor'", "asset 'written' is defined by a manifest",
                    "asset 'a' is given twice",
                ])
            #expect(refused.reasons[0].hint == "did you mean 'harbour'?")
            #expect(try await desk.store.catalogue().assets.keys.sorted() == ["written"])
        }
    }

    @Test func `importing wakes the assignments of the clients whose assets changed`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")), .job(Sample.job("patch")))
            try await desk.database.execute("update rota.assignment set wake_at = null")
            _ = try await desk.store.importAssets([Sample.asset("srv-1", of: "lake")], actor: "ann")
            let woken = try await desk.texts(
                """
                select c.name from rota.assignment a join rota.client c on c.id = a.client_id
                where a.wake_at = rota.now()
                """)
            #expect(woken == ["lake"])
        }
    }

    @Test func `pruning manifests leaves what was imported`() async throws {
        try await Desk.with { desk in
            let client = Definition.client(Sample.client("harbour"))
            try await desk.apply(client, .asset(Sample.asset("written", of: "harbour")))
            _ = try await desk.store.importAssets([Sample.asset("imported", of: "harbour")], actor: "ann")
            try await desk.apply(client, prune: true)
            #expect(try await desk.store.catalogue().assets.keys.sorted() == ["imported"])
        }
    }

    @Test func `a hundred thousand assets come in at once, and the second time none is written`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .client(Sample.client("lake")))
            let assets = (0..<100_000).map { number in
                Asset(
                    name: "asset-\(number)", client: number % 2 == 0 ? "harbour" : "lake", kind: "laptop",
                    labels: ["ring": "\(number % 10)"], facts: ["purchased": "2021-03-09"])
            }
            let first = try await desk.store.importAssets(assets, actor: "ann")
            #expect(first.created.count == 100_000 && first.changed == [] && first.unchanged == 0)
            let second = try await desk.store.importAssets(assets, actor: "ann")
            #expect(second == ImportResult(unchanged: 100_000))
        }
    }
}
