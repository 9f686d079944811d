/// One numbered step of the schema's history. Once it has landed anywhere it never changes: what follows is a new one.
public struct Migration: Sendable, Hashable {
    /// 1, 2, 3 …, without gaps.
    public let number: Int
    /// The file's name without its ending: `v01_clock`.
    public let name: String
    /// The file's bytes, of which the checksum is taken.
    let script: [UInt8]
    /// The SHA-256, in hexadecimal, of a text that landed under this name before and after which the later migrations
    /// leave the same schema; nil for all but what could not stay as it was.
    let superseded: String?

    init(_ number: Int, _ name: String, _ script: [UInt8], superseded: String? = nil) {
        self.number = number
        self.name = name
        self.script = script
        self.superseded = superseded
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
        // As it first landed, only a superuser could apply it: it set a parameter of its own in functions' definitions.
        Migration(
            6, "v06_worker_verbs", PackageResources.v06_worker_verbs_sql,
            superseded: "ab336184fee315db8ccfb2a2604003edd649e0aaa4b960dc1b677acce61b0bde"),
        Migration(7, "v07_standing", PackageResources.v07_standing_sql),
        Migration(8, "v08_months", PackageResources.v08_months_sql),
        Migration(9, "v09_drain", PackageResources.v09_drain_sql),
        Migration(10, "v10_logins", PackageResources.v10_logins_sql),
        Migration(11, "v11_roles", PackageResources.v11_roles_sql),
        Migration(12, "v12_schedulers", PackageResources.v12_schedulers_sql),
        Migration(13, "v13_checks_look_up", PackageResources.v13_checks_look_up_sql),
        Migration(14, "v14_limits", PackageResources.v14_limits_sql),
        Migration(15, "v15_leases_unpacked", PackageResources.v15_leases_unpacked_sql),
        Migration(16, "v16_fleets", PackageResources.v16_fleets_sql),
        Migration(17, "v17_waivers", PackageResources.v17_waivers_sql),
        Migration(18, "v18_failures_decide", PackageResources.v18_failures_decide_sql),
        Migration(19, "v19_why_it_was_ended", PackageResources.v19_why_it_was_ended_sql),
        Migration(20, "v20_parked_runs", PackageResources.v20_parked_runs_sql),
        Migration(21, "v21_whole_batches", PackageResources.v21_whole_batches_sql),
        Migration(22, "v22_done_again", PackageResources.v22_done_again_sql),
        Migration(23, "v23_handed_on", PackageResources.v23_handed_on_sql),
        Migration(24, "v24_look_after_the_place", PackageResources.v24_look_after_the_place_sql),
        Migration(25, "v25_findings_decide", PackageResources.v25_findings_decide_sql),
        Migration(26, "v26_waits_are_kept", PackageResources.v26_waits_are_kept_sql),
        Migration(27, "v27_parked_together", PackageResources.v27_parked_together_sql),
        Migration(28, "v28_unknown_ends", PackageResources.v28_unknown_ends_sql),
        Migration(29, "v29_checks_by_keys", PackageResources.v29_checks_by_keys_sql),
        Migration(30, "v30_dead_leases_are_passed_by", PackageResources.v30_dead_leases_are_passed_by_sql),
        Migration(31, "v31_after_all_others", PackageResources.v31_after_all_others_sql),
        Migration(32, "v32_ahead_is_looked_at", PackageResources.v32_ahead_is_looked_at_sql),
        Migration(33, "v33_ended_pauses", PackageResources.v33_ended_pauses_sql),
    ]
}
