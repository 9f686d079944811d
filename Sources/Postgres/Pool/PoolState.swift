/// Who has which connection. It only decides; the pool acts.
struct PoolState {
    /// What a caller is lent: a connection, or the right to open one.
    enum Lease: Sendable {
        case connection(Connection)
        case slot
    }

    enum Taken {
        case lease(Lease)
        case wait(Promise<Lease>)
        case closed
    }

    private let size: Int
    /// The last one used comes first, so that the others can be seen to be superfluous.
    private var idle: [Connection] = []
    /// Connections that are idle, lent or being opened.
    private(set) var slots = 0
    private var waiting: [Promise<Lease>] = []
    private(set) var isClosed = false
    /// Whether there was a connection before, so that a server which is away is expected back.
    var wasConnected = false

    init(size: Int) {
        self.size = max(size, 1)
    }

    var idleCount: Int { idle.count }
    var waitingCount: Int { waiting.count }

    mutating func take() -> Taken {
        if isClosed { return .closed }
        if waiting.isEmpty, let connection = idle.popLast() { return .lease(.connection(connection)) }
        if waiting.isEmpty, slots < size {
            slots += 1
            return .lease(.slot)
        }
        let promise = Promise<Lease>(operation: "wait for a connection of the pool")
        waiting.append(promise)
        return .wait(promise)
    }

    /// Takes a connection back and lends it to whoever has waited longest.
    /// - Returns: false where it is of no use any more and is to be closed.
    mutating func giveBack(_ connection: Connection) -> Bool {
        if isClosed {
            slots -= 1
            return false
        }
        if !lend(.connection(connection)) { idle.append(connection) }
        return true
    }

    /// Frees the slot of a connection that is gone, for whoever has waited longest.
    mutating func freeSlot() {
        if isClosed || !lend(.slot) { slots -= 1 }
    }

    mutating func stopWaiting(_ promise: Promise<Lease>) {
        waiting.removeAll { $0 === promise }
    }

    /// - Returns: the connections to close.
    mutating func close() -> [Connection] {
        isClosed = true
        for promise in waiting { promise.fulfil(.failure(PostgresError.poolClosed)) }
        waiting = []
        slots -= idle.count
        defer { idle = [] }
        return idle
    }

    private mutating func lend(_ lease: Lease) -> Bool {
        while !waiting.isEmpty {
            if waiting.removeFirst().fulfil(.success(lease)) { return true }
        }
        return false
    }
}
