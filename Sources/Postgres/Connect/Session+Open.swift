import CLibPQ

extension Session {
    /// Connects, blocking the thread: names are resolved, and each host is tried for `connect_timeout`.
    static func open(_ configuration: Configuration) throws(PostgresError) -> Session {
        let settings = try ConnectionSettings(configuration)
        let wake = try Wake()
        guard let postgres = settings.withPointers({ PQconnectdbParams($0, $1, 0) }) else {
            throw .cannotConnect("out of memory")
        }
        guard PQstatus(postgres) == CONNECTION_OK, PQsetnonblocking(postgres, 1) == 0 else {
            defer { PQfinish(postgres) }
            throw .cannotConnect(String(cString: PQerrorMessage(postgres)))
        }
        // Only so does the state stand in libpq's own messages, of which no more than the first line is ever told.
        PQsetErrorVerbosity(postgres, PQERRORS_VERBOSE)
        return Session(postgres, wake: wake, statements: configuration.preparedStatements)
    }
}
