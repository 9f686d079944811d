import Model
import Recurrence
import Store

// What the schema holds, and how tidy it is.
extension Check {
    static func snapshots(_ holders: [SnapshotHolder], now: Instant, limit: Duration = .seconds(300)) -> [Check] {
        let unseen = holders.count { $0.kind == .session && $0.since == nil }
        let hidden = Check(
            "snapshots", .warn,
            "since when \(counted(unseen, "session holds", "sessions hold")) a snapshot this login may not see",
            mend: "ask with a login in pg_monitor")
        return (unseen > 0 ? [hidden] : []) + seen(holders, now: now, limit: limit, isAll: unseen == 0)
    }

    private static func seen(_ holders: [SnapshotHolder], now: Instant, limit: Duration, isAll: Bool) -> [Check] {
        let old = holders.filter { $0.isOld(now: now, limit: limit) }
        guard !old.isEmpty else {
            guard isAll else { return [] }
            let oldest = holders.compactMap(\.since).min().map { ", the oldest for \((now - $0).inWords)" } ?? ""
            return [Check("snapshots", .ok, "\(counted(holders.count, "is", "are")) held\(oldest)")]
        }
        return old.map { holder in
            let since =
                holder.since.map { "since \($0.toSecond), for \((now - $0).inWords)" }
                ?? "for \(holder.transactions) transactions"
            let isLong = holder.since.map { now - $0 > .seconds(3600) } ?? true
            return Check(
                "snapshots", isLong ? .fail : .warn,
                "\(holder.inWords) holds a snapshot \(since): what has died since cannot be removed", mend: holder.mend)
        }
    }

    /// - Parameter limit: so many dead rows are nothing for a table that changes all day.
    static func deadRows(_ tables: [TableHealth], limit: Int64 = 1_000_000) -> Check {
        let full = tables.filter { $0.deadRows > max(limit, 2 * $0.liveRows) }
        guard let worst = full.first else {
            let most = tables.first.map { ", most of them in \($0.name)" } ?? ""
            return Check("deadRows", .ok, "\(tables.reduce(0) { $0 + $1.deadRows }) in all\(most)")
        }
        let vacuumed = worst.vacuumedAt.map { "vacuumed last at \($0.toSecond)" } ?? "never vacuumed"
        return Check(
            "deadRows", .warn, "\(worst.name) has \(worst.deadRows), beside \(worst.liveRows) rows, \(vacuumed)",
            mend: "look at the checks 'snapshots' and 'autovacuum'; then run: vacuum rota.\(worst.name)")
    }

    static func months(_ health: MonthHealth) -> [Check] {
        [ahead(health), spent(health), strays(health)].compactMap { $0 }
    }

    private static func ahead(_ health: MonthHealth) -> Check {
        let seen = "\(counted(health.months.count, "month")), \(health.ahead) after this one"
        let mend = "schedulers make them: see the check 'schedulers', and their logs for 'months could not be kept'"
        guard health.months.contains(health.current), health.ahead > 0 else {
            return Check("months", .fail, "\(seen): what is due goes into the default partitions", mend: mend)
        }
        return Check("months", health.ahead >= 2 ? .ok : .warn, seen, mend: health.ahead >= 2 ? nil : mend)
    }

    private static func spent(_ health: MonthHealth) -> Check? {
        guard !health.spent.isEmpty else { return nil }
        return Check(
            "months", .warn, "\(listed(health.spent)) should have been dropped",
            mend: "a month with an open run stays: see 'rota runs --until'; else look at the schedulers' logs")
    }

    private static func strays(_ health: MonthHealth) -> Check? {
        guard health.strays > 0 else { return nil }
        return Check(
            "months", .warn, "\(counted(health.strays, "row")) of the past in the default partitions",
            mend:
                "they move once their month is made: select rota.make_month('2026-01-01'), for the month that is missing"
        )
    }
}
