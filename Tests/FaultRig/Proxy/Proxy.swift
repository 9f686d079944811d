import Glibc
import Synchronization
import TestSupport

/// Stands between clients and a server, as the network does: it delays, stalls and cuts, and cuts inside a COMMIT.
///
/// Clients reach it at a port of 127.0.0.1; it reaches the server at its unix socket, again for each connection, so the
/// server may be restarted. Each connection has two threads, one for each way.
public final class Proxy: Sendable {
    struct Weather {
        var isStalled = false
        var isClosed = false
        var delay: UInt32 = 0
        /// Cuts for the next COMMITs, the first one first.
        var cuts: [CommitCut] = []
        /// So many pipelines are not sent to their end.
        var halves = 0
    }

    struct State {
        var weather = Weather()
        var tally = Tally()
        var pairs: [Int: ProxyPair] = [:]
        var last = 0
        /// Connections on which the server waits for the end of a pipeline.
        var waiting = 0
    }

    /// What it did so far.
    public struct Tally: Sendable {
        public var connections = 0
        /// Connections that were cut.
        public var cut = 0
        /// Connections that were cut inside a COMMIT.
        public var cutCommits = 0
        /// Messages that were held back for a while.
        public var held = 0
        /// Connections that nobody took.
        public var refused = 0
        /// Pipelines that were not sent to their end.
        public var halves = 0
    }

    public let port: UInt16
    let server: String
    private let socket: Socket
    let state = Mutex(State())
    /// Told when the weather changes.
    let change = Condition()

    /// - Parameter server: the path of the server's unix socket.
    public init(to server: String) throws {
        self.server = server
        (socket, port) = try Socket.listening()
        startThread { [socket, weak self] in
            while let client = socket.accept() {
                guard let self else { return client.release() }
                self.take(client)
            }
            socket.release()
        }
    }

    deinit { socket.shut() }

    public var tally: Tally { state.withLock(\.tally) }

    /// Cuts every connection that there is.
    public func cutAll() {
        let pairs = state.withLock { state in
            state.tally.cut += state.pairs.count
            return Array(state.pairs.values)
        }
        for pair in pairs { pair.shut() }
    }

    /// Whether new connections are cut at once.
    public func refuse(_ isClosed: Bool) {
        state.withLock { $0.weather.isClosed = isClosed }
    }

    /// Holds back everything, both ways, until it is let go; connections stay up.
    public func stall(_ isStalled: Bool) {
        state.withLock { $0.weather.isStalled = isStalled }
        change.tell()
    }

    /// Lets each piece wait, both ways.
    public func delay(milliseconds: UInt32) {
        state.withLock { $0.weather.delay = milliseconds }
    }

    /// Cuts the connections of the next COMMITs.
    public func cut(commits: [CommitCut]) {
        state.withLock { $0.weather.cuts += commits }
    }

    /// How many of those are still to come.
    public var cutsLeft: Int { state.withLock(\.weather.cuts.count) }

    /// Gives up cutting COMMITs, where too few came.
    public func forgetCuts() {
        state.withLock { $0.weather.cuts = [] }
    }

    private func take(_ client: Socket) {
        let isClosed = state.withLock { state in
            if state.weather.isClosed { state.tally.refused += 1 }
            return state.weather.isClosed
        }
        guard !isClosed, let server = Socket.connected(to: server) else { return client.release() }
        let pair = ProxyPair(client: client, server: server, proxy: self)
        let number = state.withLock { state in
            state.last += 1
            state.tally.connections += 1
            state.pairs[state.last] = pair
            return state.last
        }
        pair.start { [weak self] in _ = self?.state.withLock { $0.pairs.removeValue(forKey: number) } }
    }
}
