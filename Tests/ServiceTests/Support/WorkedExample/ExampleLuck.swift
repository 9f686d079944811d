import Model
import Recurrence
import Store

/// How long each attempt takes and how it ends: the same for a seed, and in whatever order it is asked.
struct ExampleLuck: Sendable {
    let seed: UInt64

    /// A server whose backups cannot be read from 10 December on.
    static let withoutBackup: Set<String> = ["af-srv-077", "tc-srv-013", "bo-srv-120"]
    /// Where the December patch breaks what it is put on, until somebody has mended it.
    static let unlucky = "thornbury-care"
    static let mended = instant("2026-12-16T20:00:00Z")

    /// In the steps of the example's clock: backups in half hours, patches in tens of minutes.
    func duration(of lease: Lease) -> Duration {
        let number = number(lease, "duration")
        return lease.job.name == ExampleFleet.backup
            ? .seconds(1800 * Int64(1 + number % 3)) : .seconds(600 * Int64(1 + number % 4))
    }

    func succeeds(_ lease: Lease) -> Bool {
        let asset = lease.asset?.name ?? ""
        if lease.job.name == ExampleFleet.backup {
            if Self.withoutBackup.contains(asset), lease.due >= instant("2026-12-10T00:00:00Z") { return false }
            return number(lease, "backup") % 100 >= 3
        }
        if lease.client.name == Self.unlucky, lease.asset?.labels["ring"] == nil,
            (instant("2026-12-13T00:00:00Z")..<Self.mended).contains(lease.leasedAt)
        {
            return StableHash.number(asset) % 3 > 0
        }
        return number(lease, "attempt \(lease.attempts)") % 100 >= 4
    }

    private func number(_ lease: Lease, _ purpose: String) -> UInt64 {
        // Its low bits are alike where only the last letters are not.
        let mixed = StableHash.number("\(lease.asset?.name ?? "") \(lease.due) \(purpose) \(seed)")
        return (mixed ^ (mixed >> 32)) &* 0x9e37_79b9_7f4a_7c15 >> 40
    }
}
