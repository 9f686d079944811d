import Postgres
import Testing

/// The log of what people did.
struct ActTests {
    /// Entries whose hash is not what its own fields and the entry before make it.
    private static let broken: Statement = """
        select count(*) from (
            select a.hash, rota.act_hash(a.id, a.at, a.actor, a.verb, a.subject, a.reason, a.detail,
                coalesce(lag(a.hash) over (order by a.id), '')) as expected
            from rota.act a) chain
        where hash <> expected
        """

    @Test func `each entry carries the hash of the one before`() async throws {
        try await Estate.with { estate in
            for verb in ["apply", "pause", "resume"] {
                _ = try await estate.pool.query(
                    "select rota.record_act('ann', $1, 'job/patch', null, '{\"revision\": 2}')", [verb])
            }
            let rows = try await estate.pool.query("select id, verb, previous, hash from rota.act order by id")
            #expect(try rows.map { try $0.get(0, as: Int64.self) } == [1, 2, 3])
            #expect(try rows.map { try $0.get(1, as: String.self) } == ["apply", "pause", "resume"])
            #expect(try rows[0].get(2, as: [UInt8].self) == [])
            #expect(try rows[1].get(2, as: [UInt8].self) == rows[0].get(3))
            #expect(try rows[2].get(2, as: [UInt8].self) == rows[1].get(3))
            #expect(try await estate.pool.query(Self.broken).only().get(0) == Int64(0))
        }
    }

    @Test func `a changed entry breaks the chain`() async throws {
        try await Estate.with { estate in
            for _ in 0..<3 {
                _ = try await estate.pool.query("select rota.record_act('ann', 'cancel', 'run/1', 'wrong host', null)")
            }
            try await estate.database.execute(
                """
                alter table rota.act disable trigger acts_stay;
                update rota.act set reason = 'right host' where id = 2
                """)
            #expect(try await estate.pool.query(Self.broken).only().get(0) == Int64(1))
        }
    }

    @Test func `entries made at once stand in one chain without gaps`() async throws {
        try await Estate.with { estate in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        _ = try await estate.pool.query(
                            "select rota.record_act('ann', 'apply', $1, null, null)", ["job/j\(number)"])
                    }
                }
                try await group.waitForAll()
            }
            let ends = try await estate.pool.query("select count(*), max(id) from rota.act").only()
            #expect(try ends.get(0) == Int64(20))
            #expect(try ends.get(1) == Int64(20))
            #expect(try await estate.pool.query(Self.broken).only().get(0) == Int64(0))
        }
    }

    @Test func `many entries in one statement stand in one chain`() async throws {
        try await Estate.with { estate in
            _ = try await estate.pool.query(
                "select rota.record_act('ann', 'apply', 'asset/a' || n, null, null) from generate_series(1, 50) n")
            #expect(try await estate.pool.query("select max(id) from rota.act").only().get(0) == Int64(50))
            #expect(try await estate.pool.query(Self.broken).only().get(0) == Int64(0))
        }
    }
}
