import Postgres
import Testing

/// Which runs a lease takes, and in which order.
struct LeaseTests {
    @Test func `higher priority goes first, then what became ready first, then what was made first`() async throws {
        try await Estate.with { estate in
            let last = try await estate.ready(asset: 1, priority: 10)
            let third = try await estate.ready(asset: 2, notBefore: -60)
            let second = try await estate.ready(asset: 3, notBefore: -120)
            let fourth = try await estate.ready(asset: 4, notBefore: -60)
            let first = try await estate.ready(asset: nil, priority: 90)
            var order: [Int64] = []
            for _ in 0..<5 { order += try await estate.lease(most: 1).map(\.run) }
            #expect(order == [first, second, third, fourth, last])
            let left = try await estate.lease()
            #expect(left == [])
        }
    }

    @Test func `nothing is leased before its time, and from then on it is`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready(notBefore: 30)
            let early = try await estate.lease()
            #expect(early == [])
            try await estate.database.advance(by: .seconds(30))
            let onTime = try await estate.lease()
            #expect(onTime.map(\.run) == [run])
        }
    }

    @Test func `nothing is leased once its last moment to start has come`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready(asset: 1, startBy: 0)
            let run = try await estate.ready(asset: 2, startBy: 1)
            let leased = try await estate.lease()
            #expect(leased.map(\.run) == [run])
            #expect(try await estate.pool.query("select start_by is not null from rota.leased").only().get(0))
        }
    }

    @Test func `reactive runs never take the slots that are kept for proactive ones`() async throws {
        try await Estate.with { estate in
            for asset in 1...4 { _ = try await estate.ready(asset: Int64(asset), lane: "reactive", priority: 100) }
            let scheduled = try await estate.ready(asset: nil)
            let first = try await estate.lease(most: 3, mostReactive: 1)
            #expect(first.count == 2)
            #expect(first.map(\.run).contains(scheduled))
            let none = try await estate.lease(most: 3, mostReactive: 0)
            #expect(none == [])
            let rest = try await estate.lease(most: 8, mostReactive: 8)
            #expect(rest.count == 3)
        }
    }

    @Test func `proactive runs may fill every slot`() async throws {
        try await Estate.with { estate in
            for asset in 1...4 { _ = try await estate.ready(asset: Int64(asset)) }
            let leased = try await estate.lease(most: 3, mostReactive: 1)
            #expect(leased.count == 3)
        }
    }

    @Test func `a worker is given only what is in its queues and of its clients`() async throws {
        try await Estate.with { estate in
            let here = try await estate.ready(asset: 1, queue: "linux")
            let lake = try await estate.ready(asset: 2, queue: "linux", client: 2)
            _ = try await estate.ready(asset: 3, queue: "windows")
            let other = try await estate.lease(queues: ["mac"])
            #expect(other == [])
            let ofLake = try await estate.lease(queues: ["linux", "mac"], clients: ["lake"])
            #expect(ofLake.map(\.run) == [lake])
            let ofNobody = try await estate.lease(queues: ["linux"], clients: [])
            #expect(ofNobody == [])
            let ofAll = try await estate.lease(queues: ["linux"])
            #expect(ofAll.map(\.run) == [here])
        }
    }

    @Test func `workers that lease at once never get the same run, and together they get all`() async throws {
        try await Estate.with { estate in
            for due in 0..<60 { _ = try await estate.ready(asset: Int64(due % 4 + 1), due: due) }
            let leased = try await withThrowingTaskGroup(of: [Lease].self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var mine: [Lease] = []
                        while true {
                            let batch = try await estate.lease(worker: Int64(worker % 2 + 1), most: 7)
                            // What another has locked is skipped, so none is the end only once none is left.
                            if batch.isEmpty, try await estate.readyCount() == 0 { return mine }
                            mine += batch
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(leased.count == 60)
            #expect(Set(leased.map(\.run)).count == 60)
            #expect(Set(leased.map(\.attempt)).count == 60)
        }
    }

    @Test func `a lease ends its length after it began, by the one clock`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            _ = try await estate.lease(seconds: 45)
            let row = try await estate.pool.query(
                "select leased_at = rota.now(), expires_at = rota.now() + interval '45 s', worker_id from rota.leased"
            ).only()
            #expect(try row.get(0))
            #expect(try row.get(1))
            #expect(try row.get(2) == Int64(1))
        }
    }
}
