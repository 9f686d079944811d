import Recurrence

/// Who holds a snapshot of the database, or has an open transaction: what has died since cannot be removed.
public struct SnapshotHolder: Sendable, Hashable {
    /// What kind of thing holds it.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A session of this database.
        case session
        /// A transaction that was prepared for a two-phase commit, and neither committed nor rolled back.
        case prepared
        /// A standby that tells what its queries still need (`hot_standby_feedback`).
        case standby
        /// A replication slot, which holds it also while nobody is connected.
        case slot
    }

    public var kind: Kind
    /// The session's process, the prepared transaction's name, or the slot's.
    public var name: String
    /// Who it is, as far as the asking login may see it: `ann, psql, 10.0.0.7, idle in transaction`.
    public var who: String
    /// Nil where it cannot be told: of slots and standbys nobody knows, and of another login's session only a login in
    /// `pg_monitor` sees it.
    public var since: Instant?
    /// The oldest transaction that it may still see, or has open: it stays the same as long as the snapshot is held.
    public var horizon: String
    /// How many transactions began since.
    public var transactions: Int64

    public init(kind: Kind, name: String, who: String, since: Instant?, horizon: String = "", transactions: Int64) {
        self.kind = kind
        self.name = name
        self.who = who
        self.since = since
        self.horizon = horizon
        self.transactions = transactions
    }

    /// Where the moment cannot be told, so many transactions count as old.
    public static let oldTransactions: Int64 = 1_000_000

    /// Whether it is held for longer than the limit.
    public func isOld(now: Instant, limit: Duration) -> Bool {
        since.map { now - $0 > limit } ?? (transactions > Self.oldTransactions)
    }

    /// `session 4711 (ann, psql, idle in transaction)`
    public var inWords: String {
        let what =
            switch kind {
            case .session: "session"
            case .prepared: "prepared transaction"
            case .standby: "standby"
            case .slot: "replication slot"
            }
        return "\(what) \(name)\(who.isEmpty ? "" : " (\(who))")"
    }

    /// How to end it.
    public var mend: String {
        let quoted = "'\(name.replacing("'", with: "''"))'"
        return switch kind {
        case .session: "end it, or have its owner do so: select pg_terminate_backend(\(name))"
        case .prepared: "ask its owner whether it is to be committed; else: rollback prepared \(quoted)"
        case .standby: "end the long query on the standby, or turn hot_standby_feedback off there"
        case .slot:
            "start the standby or reader that uses it; where it is gone for good: "
                + "select pg_drop_replication_slot(\(quoted))"
        }
    }
}
