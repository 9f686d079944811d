import Postgres
import Testing

/// What runs find stays open until a later run of the job on that target no longer finds it.
struct FindingTests {
    private static let disk = #"{"key": "disk", "severity": "warning", "text": "91 % full"}"#
    private static let cert = #"{"key": "cert", "severity": "critical", "text": "ends tomorrow"}"#

    /// Runs the job once more on an asset, with these findings.
    private func run(_ estate: Estate, asset: Int64, due: Int, _ findings: String?) async throws {
        _ = try await estate.ready(asset: asset, due: due)
        try await estate.finish(estate.lease()[0].attempt, findings: findings.map { JSON($0) })
    }

    private func open(_ estate: Estate) async throws -> [String] {
        try await estate.pool.query(
            "select asset_id || ' ' || key || ' ' || severity from rota.finding where closed_at is null order by 1"
        ).map { try $0.get(0) }
    }

    @Test func `a finding is opened once, and closed when it is no longer found`() async throws {
        try await Estate.with { estate in
            try await run(estate, asset: 1, due: 0, "[\(Self.disk), \(Self.cert)]")
            try await run(estate, asset: 2, due: 1, "[\(Self.disk)]")
            var found = try await open(estate)
            #expect(found == ["1 cert critical", "1 disk warning", "2 disk warning"])
            try await run(estate, asset: 1, due: 2, "[\(Self.disk.replacing("warning", with: "critical"))]")
            found = try await open(estate)
            #expect(found == ["1 disk critical", "2 disk warning"])
            let seen = try await estate.pool.query(
                "select first_run <> last_run from rota.finding where asset_id = 1 and key = 'disk'"
            ).only()
            #expect(try seen.get(0))
        }
    }

    @Test func `a run that says nothing of findings leaves them as they are`() async throws {
        try await Estate.with { estate in
            try await run(estate, asset: 1, due: 0, "[\(Self.disk)]")
            try await run(estate, asset: 1, due: 1, nil)
            var found = try await open(estate)
            #expect(found == ["1 disk warning"])
            try await run(estate, asset: 1, due: 2, "[]")
            found = try await open(estate)
            #expect(found == [])
        }
    }

    @Test func `a key said twice by one run is one finding, the gravest of them`() async throws {
        try await Estate.with { estate in
            let graver = Self.disk.replacing("warning", with: "critical")
            try await run(estate, asset: 1, due: 0, "[\(Self.disk), \(graver), \(Self.disk)]")
            let found = try await open(estate)
            #expect(found == ["1 disk critical"])
        }
    }
}
