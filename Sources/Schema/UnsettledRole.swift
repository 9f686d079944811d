import Postgres

/// Something about the database's roles that the login which migrated might not do.
public struct UnsettledRole: Sendable, Hashable {
    static let isKnown: Statement = "select to_regprocedure('rota.settle_roles()') is not null"

    static let settle: Statement = "select problem, mend from rota.settle_roles()"

    /// In one sentence without a full stop.
    public var problem: String
    /// What to do about it.
    public var hint: String

    init(_ row: Row) throws {
        problem = try row.get(0)
        hint = try row.get(1)
    }
}
