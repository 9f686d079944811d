import Model
import Recurrence
import Store
import Testing

/// What is found wrong keeps work away that needs that nothing is: from the moment at which it is recorded.
@Suite struct FindingsDecideTests {
    private static let documents =
        [Fleet.client("acme"), Fleet.server("one"), Fleet.server("two")] + [
            Fleet.job("scan", cron: "0 * * * *"),
            Fleet.job("patch", cron: "5 9 * * *") { $0.requires = [.noFinding(.warning)] },
        ]

    private static func finish(_ fleet: Fleet, _ lease: Lease?, _ findings: [Finding]) async throws {
        _ = try await fleet.store.finish(
            worker: fleet.worker, lease: try #require(lease), outcome: Outcome(.succeeded, findings: findings),
            verdict: .finish(.succeeded))
    }

    private static func disk(_ severity: Finding.Severity) -> [Finding] {
        [Finding(key: "disk", severity: severity, text: "sda is failing")]
    }

    private static func lease(_ fleet: Fleet, asset: String) async throws -> Lease? {
        try await fleet.planning.lease(fleet.worker).first { $0.asset?.name == asset }
    }

    @Test func `what is found holds what is ready at once, and what is mended lets it go`() async throws {
        try await Fleet.with(Self.documents) { fleet in
            try await fleet.plan("02T09:00")
            let scan = try await Self.lease(fleet, asset: "one")
            try await fleet.plan("02T09:05")
            try await Self.finish(fleet, scan, Self.disk(.critical))
            #expect(try await fleet.work("patch") == [], "nobody has looked at what was found")
            try await fleet.plan()
            #expect(try await fleet.standing("patch") == ["one": "requires", "two": "ready"])
            #expect(try await fleet.work("patch") == ["two"])
            try await fleet.plan("02T10:00")
            try await Self.finish(fleet, try await Self.lease(fleet, asset: "one"), [])
            try await fleet.plan()
            #expect(try await fleet.work("patch") == ["one"])
        }
    }

    @Test func `what becomes worse holds what it did not hold before`() async throws {
        try await Fleet.with(Self.documents) { fleet in
            try await fleet.plan("02T08:00")
            try await Self.finish(fleet, try await Self.lease(fleet, asset: "one"), Self.disk(.info))
            try await fleet.plan("02T09:00")
            let scan = try await Self.lease(fleet, asset: "one")
            try await fleet.plan("02T09:05")
            #expect(try await fleet.standing("patch") == ["one": "ready", "two": "ready"])
            try await Self.finish(fleet, scan, Self.disk(.warning))
            try await fleet.plan()
            #expect(try await fleet.standing("patch") == ["one": "requires", "two": "ready"])
        }
    }
}
