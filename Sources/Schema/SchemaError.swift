import Postgres

/// Why a database is not, or cannot be, migrated.
public enum SchemaError: Error, Sendable, Hashable {
    /// What landed under this name is not what this program has under it.
    case changed(name: String)
    /// This migration has not landed, though later ones have.
    case gap(name: String)
    /// The database has migrations that this program does not know.
    case newer(database: Int, program: Int)
    /// The server's version as it tells it: `14.9`.
    case oldServer(version: String)
    /// The server takes no writes: a standby, or one that is told to be read-only.
    case readOnly(isStandby: Bool)
    /// The database keeps text in this encoding.
    case encoding(String)
    /// The server refused a migration; nothing of it is left.
    case refused(name: String, PostgresError)
}

extension SchemaError: CustomStringConvertible {
    /// What is wrong, in one sentence without a full stop.
    public var message: String {
        switch self {
        case .changed(let name): "migration \(name) in the database is not this program's \(name)"
        case .gap(let name): "migration \(name) has not landed in the database, though later ones have"
        case .newer(let database, let program):
            "the database's schema is newer than this program: it is at \(database), the program at \(program)"
        case .oldServer(let version): "the server is PostgreSQL \(version), and Rota needs 15 or later"
        case .readOnly(isStandby: true): "the server is a standby, which takes no writes"
        case .readOnly(isStandby: false): "the server takes no writes: default_transaction_read_only is on"
        case .encoding(let name): "the database keeps text as \(name), and Rota needs UTF8"
        case .refused(let name, let error): "migration \(name) was refused: \(error.cause)"
        }
    }

    /// What to do about it.
    public var hint: String {
        switch self {
        case .changed:
            "run the release that migrated this database, or restore rota.migration and the schema from a backup"
        case .gap: "restore the table rota.migration and the schema from a backup"
        case .newer: "run a release at least as new as the one that migrated the database"
        case .oldServer: "upgrade the server, or name another in ROTA_DATABASE_URL"
        case .readOnly(isStandby: true):
            "name the primary in ROTA_DATABASE_URL, or all servers with target_session_attrs=read-write"
        case .readOnly(isStandby: false): "turn it off for this role and database"
        case .encoding: "create the database with: create database rota template template0 encoding 'UTF8'"
        case .refused(_, let error):
            error.hint
                ?? "nothing of it was kept; migrate as the owner of the schema rota, who may create objects in it"
        }
    }

    public var description: String { "\(message)\n  \(hint)" }
}
