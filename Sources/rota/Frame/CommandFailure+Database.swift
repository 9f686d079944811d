import Postgres
import Schema

extension CommandFailure {
    /// A schema that is not what this program needs is a "no"; a server that cannot be used at all is unreachable.
    init(_ error: SchemaError) {
        let status: ExitStatus =
            switch error {
            case .changed, .gap, .newer: .no
            case .oldServer, .readOnly, .encoding: .unreachable
            case .refused: .failed
            }
        self.init(error.message, mend: error.hint, at: "database", status: status)
    }

    init(_ error: PostgresError) {
        let unknown = error.outcomeIsUnknown ? "nobody knows whether it took effect: look before doing it again" : nil
        switch error.kind {
        case .cannotConnect, .connectionLost, .outcomeUnknown:
            self.init(
                "\(error.operation): \(error.cause)",
                mend: unknown ?? error.hint ?? "name a server that is there with --database-url or ROTA_DATABASE_URL",
                at: "database", status: .unreachable)
        case .server where Self.isReadOnly(error):
            self.init(
                "the server takes no writes: it is a standby, or default_transaction_read_only is on",
                mend: "name the primary, or all servers with target_session_attrs=read-write",
                at: "database", status: .unreachable)
        case .server where Self.isUnmigrated(error):
            self.init(
                "the schema is not what this program needs: \(error.cause)", mend: "run rota migrate", at: "database",
                status: .no)
        case .server where error.sqlState == "42501":
            self.init(
                "\(error.operation): \(error.cause)",
                mend: error.hint ?? "this login lacks a right: rota_viewer reads, rota_admin acts (docs/security.md)",
                at: "database")
        case .server, .deadline, .cancelled, .decoding, .usage:
            self.init("\(error.operation): \(error.cause)", mend: unknown ?? error.hint, at: "database")
        }
    }

    private static func isReadOnly(_ error: PostgresError) -> Bool { error.sqlState == "25006" }

    /// A schema, table, column or function that is not there.
    private static func isUnmigrated(_ error: PostgresError) -> Bool {
        ["3F000", "42P01", "42703", "42883"].contains(error.sqlState)
    }
}
