import Model
import Recurrence
import Testing

@testable import Store

struct ListWorkersTests {
    @Test func `workers are listed while they live or fell silent lately, and others where they are asked for`()
        async throws
    {
        try await Desk.with { desk in
            let first = try await desk.store.registerWorker(Self.profile("first"))
            _ = try await desk.store.registerWorker(Self.profile("second"))
            try await desk.store.endWorker(first)
            #expect(try await names(desk.store.workers()) == ["second"])
            try await desk.database.advance(by: .seconds(46))
            #expect(try await names(desk.store.workers()) == ["second"])
            let all = try await desk.store.workers(gone: .seconds(86_400))
            #expect(names(all) == ["first", "second"])
            let now = try await desk.store.now()
            #expect(all.map { $0.state(now: now) } == [.ended, .silent])
            try await desk.database.advance(by: .seconds(86_400))
            #expect(try await names(desk.store.workers(gone: .seconds(86_400))) == [])
            #expect(try await names(desk.store.workers(silent: .seconds(30 * 86_400))) == ["second"])
        }
    }

    @Test func `a silent worker that was started again on its host is nothing to look after`() async throws {
        try await Desk.with { desk in
            for name in ["first", "second"] { _ = try await desk.store.registerWorker(Self.profile(name)) }
            try await desk.database.advance(by: .seconds(10))
            var again = Self.profile("first")
            again.instance = "first/2"
            _ = try await desk.store.registerWorker(again)
            again.instance = "first/3"
            again.host = "there"
            _ = try await desk.store.registerWorker(again)
            try await desk.database.advance(by: .seconds(50))
            #expect(
                try await desk.store.workers().map(\.instance) == ["first/2", "first/3", "second/1"])
            #expect(try await names(desk.store.workers(gone: .seconds(86_400))).count == 4)
        }
    }

    @Test func `a worker is listed with what it has in hand, also when it has fallen silent`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let leases = try await floor.lease(most: 2)
            try await floor.desk.database.advance(by: .seconds(50))
            let worker = try #require(try await floor.store.workers(named: "w1").first)
            #expect(worker.going == 2)
            #expect(worker.state(now: try await floor.store.now()) == .silent)
            let inHand = try await floor.store.runsInHand(of: [worker.id])[worker.id] ?? []
            #expect(Set(inHand.map(\.run)) == Set(leases.map(\.run)))
            #expect(inHand.map(\.job) == ["patch", "patch"])
            #expect(Set(inHand.compactMap(\.asset)) == Set(leases.compactMap { $0.asset?.name }))
            #expect(inHand.map(\.since) == [Floor.at("16T03:00"), Floor.at("16T03:00")])
            #expect(try await floor.store.workers(named: "w2") == [])
        }
    }

    static func profile(_ name: String) -> WorkerProfile {
        WorkerProfile(
            name: name, instance: "\(name)/1", host: "here", queues: ["default"], clients: ["lake"], slots: 8,
            reserve: 6)
    }

    private func names(_ workers: [ListedWorker]) -> [String] { workers.map(\.name) }
}
