import Postgres
import Testing

/// Limits, as the database holds them.
struct LimitTests {
    private static func group(_ key: String, most: Int32?, in estate: Estate) async throws -> Int64 {
        try await estate.pool.query(
            "insert into rota.limit_group (key, most) values ($1, $2) returning id", [key, most]
        ).only().get(0)
    }

    /// A new ready run that counts in these groups.
    private static func ready(_ groups: [Int64], due: Int, asset: Int64 = 1, in estate: Estate) async throws -> Int64 {
        let run = try await estate.ready(asset: asset, due: due)
        // As if it had been made with them: a run's own row never changes.
        try await estate.pool.transaction { connection in
            try await connection.execute("set local session_replication_role = replica")
            _ = try await connection.query("update rota.run set limits = $2 where id = $1", [run, groups])
            _ = try await connection.query("update rota.ready set limits = $2 where run_id = $1", [run, groups])
        }
        return run
    }

    private static func parked(in estate: Estate) async throws -> [Int64] {
        try await estate.pool.query("select run_id from rota.ready where parked is not null order by run_id")
            .map { try $0.get(0) }
    }

    private static func ready(in estate: Estate) async throws -> [Int64] {
        try await estate.pool.query("select run_id from rota.ready where parked is null order by run_id")
            .map { try $0.get(0) }
    }

    @Test func `no more are taken than a group has room for, and the next as soon as one has ended`() async throws {
        try await Estate.with { estate in
            let group = try await Self.group("job/patch", most: 2, in: estate)
            var runs: [Int64] = []
            for due in 0..<5 { runs.append(try await Self.ready([group], due: due, in: estate)) }
            let first = try await estate.lease()
            #expect(first.map(\.run) == Array(runs[..<2]))
            #expect(try await Self.parked(in: estate) == Array(runs[2...]))
            #expect(try await estate.lease(worker: 2) == [])
            #expect(try await estate.finish(first[0].attempt))
            #expect(try await estate.lease(worker: 2).map(\.run) == [runs[2]])
            #expect(try await estate.release([first[1].attempt]) == 1)
            // Handed back, it is the oldest again.
            #expect(try await estate.lease(worker: 2).map(\.run) == [runs[1]])
            #expect(try await Self.parked(in: estate) == Array(runs[3...]))
        }
    }

    @Test func `a run counts in all of its groups, and one that is full stands in the way of no other`() async throws {
        try await Estate.with { estate in
            let job = try await Self.group("job/patch", most: 2, in: estate)
            let pair = try await Self.group("apart/harbour/ha=a", most: 1, in: estate)
            let left = try await Self.ready([job, pair], due: 0, in: estate)
            let right = try await Self.ready([job, pair], due: 1, asset: 2, in: estate)
            let other = try await Self.ready([job], due: 2, asset: 3, in: estate)
            let free = try await estate.ready(asset: 4, due: 3)
            let taken = try await estate.lease()
            #expect(Set(taken.map(\.run)) == [left, other, free])
            #expect(try await Self.parked(in: estate) == [right])
            for lease in taken where lease.run == left { #expect(try await estate.finish(lease.attempt)) }
            #expect(try await estate.lease().map(\.run) == [right])
        }
    }

    @Test func `room that a run cannot use, as another of its groups is full, is handed on to those behind it`()
        async throws
    {
        try await Estate.with { estate in
            let asset = try await Self.group("exclusive/srv-1", most: 1, in: estate)
            let pair = try await Self.group("apart/harbour/ha=a", most: 1, in: estate)
            let going = try await Self.ready([asset], due: 0, in: estate)
            let other = try await Self.ready([pair], due: 1, in: estate)
            var both: [Int64] = []
            for due in 2..<5 { both.append(try await Self.ready([asset, pair], due: due, in: estate)) }
            let last = try await Self.ready([asset], due: 5, in: estate)
            let taken = try await estate.lease()
            #expect(taken.map(\.run) == [going, other])
            #expect(try await Self.parked(in: estate) == both + [last])
            for lease in taken where lease.run == going { #expect(try await estate.finish(lease.attempt)) }
            // The first finds the pair at work, and those that need it too wait for it from then on.
            #expect(try await estate.lease().isEmpty)
            #expect(try await estate.lease().map(\.run) == [last])
            for lease in taken where lease.run == other { #expect(try await estate.finish(lease.attempt)) }
            #expect(try await estate.lease().isEmpty)
            #expect(try await Self.parked(in: estate) == both)
            #expect(try await Self.ready(in: estate).isEmpty)
        }
    }

    @Test func `a limit that is raised lets go what waits, and one that is taken away lets go all`() async throws {
        try await Estate.with { estate in
            let group = try await Self.group("client/harbour", most: 1, in: estate)
            for due in 0..<5 { _ = try await Self.ready([group], due: due, in: estate) }
            #expect(try await estate.lease().count == 1)
            _ = try await estate.pool.query("select rota.set_limits('{client/harbour}', '{3}')")
            #expect(try await estate.lease().count == 2)
            _ = try await estate.pool.query("select rota.set_limits('{client/harbour}', '{null}')")
            #expect(try await estate.lease().count == 2)
        }
    }

    @Test func `a lost attempt leaves its groups`() async throws {
        try await Estate.with { estate in
            let group = try await Self.group("exclusive/srv-1", most: 1, in: estate)
            let run = try await Self.ready([group], due: 0, in: estate)
            let leases = try await estate.lease()
            let lease = try #require(leases.first)
            _ = try await estate.pool.query(
                "select rota.end_attempts(null, array[$1], '{lost}', '{ready}', null, null, null, null, null, null, null, null)",
                [lease.attempt])
            #expect(try await estate.pool.query("select count(*) from rota.limit_use").only().get(0) == Int64(0))
            #expect(try await estate.lease(worker: 2).map(\.run) == [run])
        }
    }

    @Test func `many workers at once never pass a limit, and leave nothing behind`() async throws {
        try await Estate.with { estate in
            let group = try await Self.group("job/patch", most: 3, in: estate)
            for due in 0..<60 { _ = try await Self.ready([group], due: due, in: estate) }
            let most = try await withThrowingTaskGroup(of: Int64.self) { tasks in
                for worker in 1...2 {
                    for _ in 0..<4 { tasks.addTask { try await Self.drain(worker: Int64(worker), in: estate) } }
                }
                return try await tasks.reduce(0, max)
            }
            #expect((1...3).contains(most))
            #expect(try await estate.pool.query("select count(*) from rota.done").only().get(0) == Int64(60))
            #expect(try await estate.pool.query("select count(*) from rota.limit_use").only().get(0) == Int64(0))
        }
    }

    /// Takes and ends until nothing is left. Answers the most that were ever seen at work at once.
    private static func drain(worker: Int64, in estate: Estate) async throws -> Int64 {
        var most: Int64 = 0
        while true {
            let leases = try await estate.lease(worker: worker, most: 5)
            let row = try await estate.pool.query(
                "select (select count(*) from rota.leased), (select count(*) from rota.ready)"
            ).only()
            most = max(most, try row.get(0))
            for lease in leases { #expect(try await estate.finish(lease.attempt, worker: worker)) }
            if leases.isEmpty, try row.get(0) == Int64(0), try row.get(1) == Int64(0) { return most }
        }
    }
}
