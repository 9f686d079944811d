/// How a database's schema stands to this program's.
public enum SchemaStatus: Sendable, Hashable {
    case upToDate
    /// These migrations are still to be applied, in this order.
    case behind([String])
    /// The database has migrations that this program does not know: the numbers of the last of both.
    case newer(database: Int, program: Int)
    /// There is nothing of Rota in this database.
    case notMigrated
}
