/// Connections to one server that are lent to one caller at a time.
///
/// They are opened when needed, up to `size`, and kept. A caller who finds none free waits in line. A broken one is
/// replaced; where the server is away, the pool tries again, with jittered backoff, until the caller's deadline.
public final class Pool: Sendable {
    public let configuration: Configuration
    let state: Guarded<PoolState>
    let clock: any Clock<Duration>
    private let waitsForServer: Bool

    /// - Parameters:
    ///   - size: the most connections at once, at least 1.
    ///   - waitsForServer: whether the first connection of all is also waited for; by default a server that was never
    ///     there is an error at once.
    public init(
        _ configuration: Configuration = Configuration(), size: Int = 4, waitsForServer: Bool = false,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.configuration = configuration
        self.state = Guarded(PoolState(size: size))
        self.clock = clock
        self.waitsForServer = waitsForServer
    }

    /// Lends a connection to `body`, which runs on that connection's thread: its statements change threads no more.
    ///
    /// - Parameter deadline: how long to wait for a free connection, or for the server to come back; nil is the
    ///   configuration's.
    /// - Throws: what `body` throws; `PostgresError` of kind `deadline` where no connection got free, `cannotConnect`
    ///   where the server is away, `usage` where the pool is closed.
    public nonisolated(nonsending) func withConnection<T: Sendable>(
        deadline: Duration? = nil, _ body: @Sendable (isolated Connection) async throws -> T
    ) async throws -> T {
        let connection = try await take(until: Deadline(after: deadline ?? configuration.deadline))
        return try await connection.lend(from: self, body)
    }

    /// Runs one statement on a connection of its own choice. See `Connection.query`.
    public nonisolated(nonsending) func query(
        _ statement: Statement, _ parameters: [any PostgresValue] = [], deadline: Duration? = nil
    ) async throws -> Rows {
        try await withConnection(deadline: deadline) { connection in
            try await connection.query(statement, parameters, deadline: deadline)
        }
    }

    /// Runs `body` in a transaction on a connection of its own. See `Connection.transaction`.
    public nonisolated(nonsending) func transaction<T: Sendable>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false,
        _ body: @Sendable (isolated Connection) async throws -> T
    ) async throws -> T {
        try await withConnection { connection in
            try await connection.transaction(isolation: isolation, readOnly: readOnly, body)
        }
    }

    /// Closes the idle connections now and the lent ones when they come back. Whoever waits is told, and whoever asks
    /// later.
    public func close() async {
        for connection in state.withLock({ $0.close() }) {
            await connection.close()
        }
    }

    func giveBack(_ connection: Connection, isClean: Bool) -> Bool {
        state.withLock { state in
            guard isClean else {
                state.freeSlot()
                return false
            }
            return state.giveBack(connection)
        }
    }

    private nonisolated(nonsending) func take(until deadline: Deadline) async throws -> Connection {
        while true {
            switch try await lease(until: deadline) {
            case .slot:
                return try await connect(until: deadline)
            case .connection(let connection):
                if connection.isQuiet { return connection }
                if await connection.stillStands { return connection }
                await connection.close()
                // Its slot is still ours.
                return try await connect(until: deadline)
            }
        }
    }

    private nonisolated(nonsending) func lease(until deadline: Deadline) async throws -> PoolState.Lease {
        switch state.withLock({ $0.take() }) {
        case .closed:
            throw PostgresError.poolClosed
        case .lease(let lease):
            return lease
        case .wait(let promise):
            do {
                return try await promise.value(within: deadline.remaining, late: .poolExhausted, clock: clock)
            } catch {
                state.withLock { $0.stopWaiting(promise) }
                throw error
            }
        }
    }

    /// Opens a connection in a slot that is ours, and frees the slot where that fails.
    private func connect(until deadline: Deadline) async throws -> Connection {
        var backoff = Backoff()
        do {
            while true {
                do {
                    let connection = try await Connection.connect(configuration.connecting(within: deadline.remaining))
                    state.withLock { $0.wasConnected = true }
                    return connection
                } catch let error as PostgresError where error.kind == .cannotConnect && isPatient && !deadline.isPast {
                    let wait = backoff.next()
                    // What is wrong with the server says more than that the time is up.
                    guard wait < deadline.remaining else { throw error }
                    try await rest(for: wait)
                }
            }
        } catch {
            state.withLock { $0.freeSlot() }
            throw error
        }
    }

    private var isPatient: Bool {
        waitsForServer || state.withLock { $0.wasConnected }
    }

    private func rest(for duration: Duration) async throws {
        do {
            try await clock.sleep(for: duration)
        } catch {
            throw PostgresError(.cancelled, operation: "connect", cause: "cancelled by the caller")
        }
    }
}
