import CLibPQ

extension Session {
    /// Connects, blocking the thread: names are resolved, and each host is tried for `connect_timeout`.
    ///
    /// libpq goes on to the next of several hosts where one cannot be reached, and gives up where one takes the connection
    /// and then hangs up, as a port forwarder does before a server that is down. Here those after it are tried too.
    static func open(_ configuration: Configuration) throws(PostgresError) -> Session {
        var settings = try ConnectionSettings(configuration)
        let wake = try Wake()
        var reasons = ""
        while true {
            guard let postgres = settings.withPointers({ PQconnectdbParams($0, $1, 0) }) else {
                throw .cannotConnect("out of memory")
            }
            if PQstatus(postgres) == CONNECTION_OK, PQsetnonblocking(postgres, 1) == 0 {
                // Only so does the state stand in libpq's own messages, of which no more than the first line is ever told.
                PQsetErrorVerbosity(postgres, PQERRORS_VERBOSE)
                return Session(postgres, wake: wake, statements: configuration.preparedStatements)
            }
            defer { PQfinish(postgres) }
            reasons += String(cString: PQerrorMessage(postgres))
            guard let rest = settings.hosts(after: postgres) else { throw .cannotConnect(reasons) }
            settings = rest
        }
    }
}
