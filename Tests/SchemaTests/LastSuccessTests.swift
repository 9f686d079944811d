import Postgres
import Testing

/// When the work was last done on each target.
struct LastSuccessTests {
    private func end(_ estate: Estate, asset: Int64?, due: Int, _ state: String) async throws -> Int64 {
        let run = try await estate.ready(asset: asset, due: due)
        try await estate.finish(estate.lease()[0].attempt, as: state, next: state)
        return run
    }

    private func successes(_ estate: Estate) async throws -> [Int64?: Int64] {
        let rows = try await estate.pool.query("select asset_id, run_id from rota.last_success")
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0), try $0.get(1)) })
    }

    @Test func `each target keeps its last success, and failures do not touch it`() async throws {
        try await Estate.with { estate in
            let first = try await end(estate, asset: 1, due: 0, "succeeded")
            let whole = try await end(estate, asset: nil, due: 0, "succeeded")
            _ = try await end(estate, asset: 2, due: 0, "failed")
            _ = try await end(estate, asset: 1, due: 1, "failed")
            var found = try await successes(estate)
            #expect(found == [1: first, nil: whole])
            try await estate.database.advance(by: .seconds(60))
            let second = try await end(estate, asset: 1, due: 2, "succeeded")
            found = try await successes(estate)
            #expect(found == [1: second, nil: whole])
        }
    }
}
