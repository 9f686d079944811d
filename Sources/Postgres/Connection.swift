import CLibPQ

/// One conversation with a server, on a thread of its own.
///
/// Statements run one at a time. Several that belong together run in one isolated closure (`Pool.withConnection`,
/// `transaction`), within which no statement changes threads. What concurrent tasks ask of one connection is answered in
/// turn; a transaction is a matter of one task, which others must not disturb: give each task a connection of its own.
public actor Connection {
    let session: Session
    nonisolated let wake: Wake
    nonisolated let socket: Int32
    nonisolated let executor: ThreadExecutor
    nonisolated let configuration: Configuration
    private var calls: UInt64 = 0

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private init(_ open: OpenSession, executor: ThreadExecutor, configuration: Configuration) {
        self.session = open.session
        self.wake = open.session.wake
        self.socket = open.session.postgres.map { PQsocket($0) } ?? -1
        self.executor = executor
        self.configuration = configuration
    }

    /// Connects.
    ///
    /// Connecting blocks in the resolver and in libpq, which nothing can interrupt. A caller who is cancelled or whose
    /// deadline passes is let go instead; the thread comes to its end alone, bounded by `connect_timeout`, and closes
    /// what nobody waits for any more.
    /// - Throws: `PostgresError` of kind `cannotConnect`, or `cancelled`.
    public static func connect(_ configuration: Configuration = Configuration()) async throws -> Connection {
        let executor = try ThreadExecutor(name: "postgres")
        let opening = Promise<OpenSession>(operation: "connect")
        executor.perform { opening.fulfil(Result { try OpenSession(Session.open(configuration)) }) }
        let late = PostgresError.connectDeadline(configuration.connectDeadline)
        let open = try await opening.value(within: configuration.connectDeadline, late: late)
        return Connection(open, executor: executor, configuration: configuration)
    }

    /// Whether the connection is there, as far as was noticed.
    public var isOpen: Bool { session.isOpen }

    /// The process at the server, as in `pg_stat_activity.pid`.
    public var serverProcess: Int32 {
        session.postgres.map { PQbackendPID($0) } ?? 0
    }

    /// The server's version as a number: 150018 is 15.18. 0 once the connection is closed.
    public var serverVersion: Int32 {
        session.postgres.map { PQserverVersion($0) } ?? 0
    }

    /// Ends the conversation. What comes after fails with `connectionLost`.
    public func close() {
        session.close()
    }

    /// Runs one statement and returns its rows. It is prepared the first time, and then only executed.
    ///
    /// A deadline that passes, and a task that is cancelled, end the statement at the server too.
    /// - Parameter deadline: nil is the configuration's.
    /// - Throws: `PostgresError`.
    public func query(
        _ statement: Statement, _ parameters: [any PostgresValue] = [], deadline: Duration? = nil
    ) async throws -> Rows {
        try await call("query", deadline) { try session.query($0, statement, parameters, commits: statement.isCommit) }
    }

    /// Runs a script of several statements, without parameters or results. It is one transaction unless it says otherwise.
    /// - Throws: `PostgresError`.
    public func execute(_ script: String, deadline: Duration? = nil) async throws {
        try await call("execute", deadline) { try session.execute($0, script: script) }
    }

    /// Sends all statements at once and waits once.
    ///
    /// Outside a transaction block they are one transaction: where one fails, none takes effect, those that come after
    /// it are not run, and those before it are undone although they are among the successes.
    /// - Throws: `PostgresError` where the whole failed: the connection, the deadline, or the commit at the end.
    public func pipeline(
        _ statements: [(Statement, [any PostgresValue])], deadline: Duration? = nil
    ) async throws -> [Result<Rows, PostgresError>] {
        try await call("pipeline", deadline) { try session.pipeline($0, statements) }
    }

    /// Feeds `COPY … FROM STDIN` with bytes in the format that the statement names.
    /// - Parameter chunks: pieces of any size, which need not end where a row does.
    /// - Returns: how many rows the server took. It takes all or none.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func copy(
        _ statement: Statement, _ chunks: some Sequence<[UInt8]>, deadline: Duration? = nil
    ) async throws -> Int {
        try await call("copy", deadline) { try session.copy($0, statement, chunks) }
    }

    /// Runs something blocking on the session, which the task's cancellation ends.
    @discardableResult
    func call<T>(_ operation: String, _ deadline: Duration?, _ body: (Call) throws -> T) async throws -> T {
        calls += 1
        let number = calls
        let call = Call(
            operation: operation, deadline: Deadline(after: deadline ?? configuration.deadline), number: number)
        let wake = wake
        return try await withTaskCancellationHandler {
            // Only a closure that names the actor runs on its thread; any other would block one that all tasks share.
            assertIsolated()
            return try body(call)
        } onCancel: {
            wake.cancel(call: number)
        }
    }

    /// A call that goes on in a cancelled task: what leaves the connection clean.
    func uncancellable(_ operation: String, within deadline: Duration) -> Call {
        Call(operation: operation, deadline: Deadline(after: deadline), number: nil)
    }
}
