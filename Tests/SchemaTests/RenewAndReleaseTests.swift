import Postgres
import Testing

/// Leases that live on, and leases that are handed back.
struct RenewAndReleaseTests {
    @Test func `renewing moves the end of a lease, never towards now`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let attempt = try await estate.lease(seconds: 30)[0].attempt
            try await estate.database.advance(by: .seconds(10))
            let longer = try await estate.renew([attempt], seconds: 30)
            #expect(longer == [attempt: false])
            let shorter = try await estate.renew([attempt], seconds: 1)
            #expect(shorter == [attempt: false])
            #expect(
                try await estate.pool.query("select expires_at = rota.now() + interval '30 s' from rota.leased").only()
                    .get(0))
        }
    }

    @Test func `renewing shows that the worker lives, and tells what is to be cancelled`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready(asset: 1)
            _ = try await estate.ready(asset: 2)
            let attempts = try await estate.lease().map(\.attempt)
            _ = try await estate.pool.query(
                """
                insert into rota.cancel_request (attempt_id, asked_at, actor, reason)
                values ($1, rota.now(), 'ann', 'wrong host')
                """, [attempts[1]])
            try await estate.database.advance(by: .seconds(10))
            let renewed = try await estate.renew(attempts)
            #expect(renewed == [attempts[0]: false, attempts[1]: true])
            #expect(
                try await estate.pool.query("select seen_at = rota.now() from rota.worker where id = 1").only().get(0))
        }
    }

    @Test func `a lease handed back is ready at once, and no attempt is counted`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready(startBy: 3600)
            let first = try await estate.lease()[0]
            let released = try await estate.release([first.attempt])
            #expect(released == 1)
            let recorded = try await estate.finish(first.attempt)
            #expect(!recorded, "what was handed back is no longer the worker's")
            let again = try await estate.lease(worker: 2)[0]
            #expect(again.run == run)
            #expect(again.attempts == 0)
            #expect(again.losses == 0)
            #expect(try await estate.pool.query("select ended_as from rota.attempt").only().get(0) == "released")
            #expect(try await estate.pool.query("select start_by is not null from rota.leased").only().get(0))
        }
    }

    @Test func `handing back many at once hands back each that is held`() async throws {
        try await Estate.with { estate in
            for asset in 1...4 { _ = try await estate.ready(asset: Int64(asset)) }
            let attempts = try await estate.lease().map(\.attempt)
            try await estate.finish(attempts[0])
            let released = try await estate.release(attempts)
            #expect(released == 3)
            let left = try await estate.readyCount()
            #expect(left == 3)
        }
    }
}
