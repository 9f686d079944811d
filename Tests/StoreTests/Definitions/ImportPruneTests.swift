import Model
import Postgres
import Testing

@testable import Store

/// Pruning and rehearsing an import.
struct ImportPruneTests {
    /// Two clients with imported servers, of which one has a written one besides.
    private static func withEstate(_ body: @Sendable (Desk) async throws -> Void) async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")),
                .asset(Sample.asset("written", of: "harbour")), .job(Sample.job("patch")))
            _ = try await desk.store.importAssets(
                ["srv-1", "srv-2", "srv-3"].map { Sample.asset($0, of: "harbour") } + [Sample.asset("far", of: "lake")],
                actor: "ann")
            try await body(desk)
        }
    }

    @Test func `pruning removes the client's imported assets that are not given, and nothing else`() async throws {
        try await Self.withEstate { desk in
            let result = try await desk.store.importAssets(
                [Sample.asset("srv-2", of: "harbour")], pruning: "harbour", actor: "ann")
            #expect(result == ImportResult(removed: ["srv-1", "srv-3"], unchanged: 1))
            #expect(try await desk.store.catalogue().assets.keys.sorted() == ["far", "srv-2", "written"])
            let acts = try await desk.texts(
                "select verb || ' ' || subject from rota.act where subject like 'asset/srv-%' order by id")
            #expect(acts == ["remove asset/srv-1", "remove asset/srv-3"])
            let back = try await desk.store.importAssets([Sample.asset("srv-1", of: "harbour")], actor: "ann")
            #expect(back == ImportResult(changed: ["srv-1"]))
        }
    }

    @Test func `runs of what is pruned are cancelled if nobody has started them`() async throws {
        try await Self.withEstate { desk in
            let held = try await desk.run("patch", "harbour", asset: "srv-1", in: "held")
            let ready = try await desk.run("patch", "harbour", asset: "srv-3", in: "ready")
            _ = try await desk.store.importAssets([Sample.asset("srv-4", of: "harbour")], actor: "ann")
            let waiting = try await desk.run("patch", "harbour", asset: "srv-4", in: "waiting")
            let kept = try await desk.run("patch", "harbour", asset: "srv-2", in: "ready")
            let result = try await desk.store.importAssets(
                [Sample.asset("srv-2", of: "harbour")], pruning: "harbour", actor: "ann")
            #expect(result.removed == ["srv-1", "srv-3", "srv-4"])
            #expect(result.cancelledRuns == 2)
            for run in [held, ready] { #expect(try await desk.places(run) == ["done"]) }
            #expect(try await desk.places(waiting) == ["waiting"])
            #expect(try await desk.places(kept) == ["ready"])
            let reasons = try await desk.texts("select distinct reason || ' by ' || actor from rota.done")
            #expect(reasons == ["the asset was removed by ann"])
        }
    }

    @Test func `a rehearsal says what would be done, and does nothing`() async throws {
        try await Self.withEstate { desk in
            let before = try await desk.texts("select a::text from rota.asset a order by id")
            let acts = try await desk.texts("select a::text from rota.act a order by id")
            _ = try await desk.run("patch", "harbour", asset: "srv-1", in: "ready")
            var changed = Sample.asset("srv-2", of: "harbour")
            changed.facts["model"] = "T340"
            let given = [changed, Sample.asset("srv-4", of: "harbour")]
            let result = try await desk.store.importAssets(given, pruning: "harbour", dryRun: true, actor: "ann")
            #expect(
                result
                    == ImportResult(
                        created: ["srv-4"], changed: ["srv-2"], removed: ["srv-1", "srv-3"], cancelledRuns: 1))
            #expect(try await desk.texts("select a::text from rota.asset a order by id") == before)
            #expect(try await desk.texts("select a::text from rota.act a order by id") == acts)
            #expect(try await desk.store.importAssets(given, pruning: "harbour", actor: "ann") == result)
        }
    }

    @Test func `what the database has against assets is told without importing`() async throws {
        try await Self.withEstate { desk in
            let reasons = try await desk.store.importRefusals(
                of: [
                    Sample.asset("a", of: "habour"), Sample.asset("written", of: "lake"), Sample.asset("b", of: "lake"),
                ])
            #expect(
                reasons.map { "\($0.index) \($0.message), \($0.hint ?? "")" } == [
                    "0 there is no client 'habour', did you mean 'harbour'?",
                    "1 asset 'written' is defined by a manifest, "
                        + "take it out of the manifest and apply with --prune, or out of this file",
                ])
        }
    }

    @Test func `whether an asset is an endpoint is kept, and old rows are what their kind says`() async throws {
        try await Self.withEstate { desk in
            _ = try await desk.store.importAssets(
                [
                    Asset(name: "kiosk", client: "lake", kind: "sign", endpoint: true),
                    Asset(name: "lab", client: "lake", kind: "server", endpoint: false),
                ], actor: "ann")
            let assets = try await desk.store.catalogue().assets
            #expect(assets["kiosk"]?.isEndpoint == true && assets["lab"]?.isEndpoint == false)
            try await desk.database.execute(
                "update rota.asset set definition = definition - 'endpoint' where name = 'kiosk'")
            #expect(try await desk.store.catalogue().assets["kiosk"]?.isEndpoint == false)
        }
    }
}
