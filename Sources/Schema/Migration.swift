/// One numbered step of the schema's history. Once it has landed anywhere it never changes: what follows is a new one.
public struct Migration: Sendable, Hashable {
    /// 1, 2, 3 …, without gaps.
    public let number: Int
    /// The file's name without its ending: `v01_clock`.
    public let name: String
    /// The file's bytes, of which the checksum is taken.
    let script: [UInt8]

    init(_ number: Int, _ name: String, _ script: [UInt8]) {
        self.number = number
        self.name = name
        self.script = script
    }
}

extension Migration {
    /// Every migration that this program knows, in order.
    public static let all: [Migration] = [
        Migration(1, "v01_clock", PackageResources.v01_clock_sql),
        Migration(2, "v02_definitions", PackageResources.v02_definitions_sql),
        Migration(3, "v03_acts", PackageResources.v03_acts_sql),
        Migration(4, "v04_runs", PackageResources.v04_runs_sql),
        Migration(5, "v05_one_place", PackageResources.v05_one_place_sql),
        Migration(6, "v06_worker_verbs", PackageResources.v06_worker_verbs_sql),
        Migration(7, "v07_standing", PackageResources.v07_standing_sql),
        Migration(8, "v08_months", PackageResources.v08_months_sql),
        Migration(9, "v09_drain", PackageResources.v09_drain_sql),
    ]
}
