import Glibc
import Synchronization
import TestSupport

/// One client and its connection to the server.
final class ProxyPair: Sendable {
    private let client: Socket
    private let server: Socket
    private let proxy: Proxy
    private let isOver = Atomic<Bool>(false)
    private let ended = Atomic<Int>(0)
    /// What the server answers is looked at, and dropped: the answer to a COMMIT.
    private let isDeaf = Atomic<Bool>(false)
    /// The server waits for the end of a pipeline, and nobody tells it that none will come.
    private let isHalf = Atomic<Bool>(false)

    init(client: Socket, server: Socket, proxy: Proxy) {
        self.client = client
        self.server = server
        self.proxy = proxy
    }

    /// - Parameter atEnd: called once both ways have ended.
    func start(atEnd: @escaping @Sendable () -> Void) {
        let ways: [@Sendable () -> Void] = [{ self.forward() }, { self.backward() }]
        for way in ways {
            startThread {
                way()
                self.shut()
                // The numbers are given back once nobody can use them any more.
                guard self.ended.add(1, ordering: .acquiringAndReleasing).newValue == 2 else { return }
                self.client.release()
                self.server.release()
                atEnd()
            }
        }
    }

    func shut() {
        isOver.store(true, ordering: .releasing)
        client.shut()
        server.shut()
        proxy.change.tell()
    }

    private func forward() {
        var messages = FrontendMessages()
        var executed = 0
        while let bytes = client.read() {
            for message in messages.take(bytes) {
                guard passWeather() else { return }
                if message.kind == UInt8(ascii: "E") { executed += 1 }
                if message.kind == UInt8(ascii: "S") {
                    if executed > 1, proxy.takeHalf() { return stayHalf() }
                    executed = 0
                }
                let cut = message.commits ? proxy.takeCut() : nil
                switch cut {
                case nil:
                    guard server.write(message.bytes) else { return }
                case .before:
                    return
                case .during:
                    _ = server.write(message.bytes + Self.sync)
                    return
                case .after:
                    isDeaf.store(true, ordering: .releasing)
                    guard server.write(message.bytes) else { return }
                }
            }
        }
    }

    /// The client hears nothing any more, and what it says, that it goes too, is not passed on; until the server hangs up.
    private func stayHalf() {
        isHalf.store(true, ordering: .releasing)
        while client.read() != nil {}
        proxy.change.wait { !isOver.load(ordering: .acquiring) }
        proxy.state.withLock { $0.waiting -= 1 }
    }

    private func backward() {
        var last: [UInt8] = []
        while let bytes = server.read() {
            if isHalf.load(ordering: .acquiring) { continue }
            if isDeaf.load(ordering: .acquiring) {
                last = Array((last + bytes).suffix(6))
                if Self.isReady(last) { return }
                continue
            }
            guard passWeather(), client.write(bytes[...]) else { return }
        }
    }

    /// ReadyForQuery: the server has said all, and what it says is on disk.
    private static func isReady(_ bytes: [UInt8]) -> Bool {
        bytes.count == 6 && bytes.prefix(5) == [UInt8(ascii: "Z"), 0, 0, 0, 5]
    }

    /// An Execute is carried out at once and committed at the Sync after it. After a simple query it does nothing.
    private static let sync: ArraySlice<UInt8> = [UInt8(ascii: "S"), 0, 0, 0, 4]

    /// Waits as the weather wants it. False once the connection is cut.
    private func passWeather() -> Bool {
        let (isStalled, delay) = proxy.state.withLock { state in
            if state.weather.isStalled { state.tally.held += 1 }
            return (state.weather.isStalled, state.weather.delay)
        }
        if isStalled {
            proxy.change.wait { proxy.state.withLock(\.weather.isStalled) && !isOver.load(ordering: .acquiring) }
        }
        if delay > 0 { poll(nil, 0, Int32(delay)) }
        return !isOver.load(ordering: .acquiring)
    }
}

extension Proxy {
    /// Has the next pipelines not sent to their end, with connections that stay up.
    func halve(_ pipelines: Int) {
        state.withLock { $0.weather.halves = pipelines }
    }

    /// How many pipelines the server waits for the end of.
    var halvesOpen: Int { state.withLock(\.waiting) }

    /// Whether this pipeline is not to come to its end.
    func takeHalf() -> Bool {
        state.withLock { state in
            guard state.weather.halves > 0 else { return false }
            state.weather.halves -= 1
            state.tally.halves += 1
            state.waiting += 1
            return true
        }
    }

    /// The cut for the COMMIT that comes now.
    func takeCut() -> CommitCut? {
        state.withLock { state in
            guard !state.weather.cuts.isEmpty else { return nil }
            state.tally.cutCommits += 1
            return state.weather.cuts.removeFirst()
        }
    }
}
