import Postgres

/// What the migrator has to know of a server before it begins.
struct ServerFacts {
    static let select: Statement = """
        select current_setting('server_version_num')::integer, current_setting('server_version'),
            pg_is_in_recovery(), current_setting('transaction_read_only')::boolean,
            current_setting('server_encoding'), to_regclass('rota.migration') is not null
        """

    static let oldestVersion: Int32 = 150_000

    var versionNumber: Int32
    var version: String
    var isStandby = false
    var isReadOnly = false
    var encoding = "UTF8"
    var isMigrated = false

    /// - Throws: `SchemaError` where Rota cannot use this server at all.
    func refuseUnfit() throws(SchemaError) {
        guard versionNumber >= Self.oldestVersion else { throw .oldServer(version: version) }
        guard encoding == "UTF8" else { throw .encoding(encoding) }
    }

    /// - Throws: `SchemaError` where nothing can be written.
    func refuseReadOnly() throws(SchemaError) {
        guard !isStandby && !isReadOnly else { throw .readOnly(isStandby: isStandby) }
    }
}

extension ServerFacts {
    init(_ row: Row) throws {
        versionNumber = try row.get(0)
        version = try row.get(1)
        isStandby = try row.get(2)
        isReadOnly = try row.get(3)
        encoding = try row.get(4)
        isMigrated = try row.get(5)
    }
}
