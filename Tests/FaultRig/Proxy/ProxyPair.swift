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
        while let bytes = client.read() {
            for message in messages.take(bytes) {
                guard passWeather() else { return }
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

    private func backward() {
        var last: [UInt8] = []
        while let bytes = server.read() {
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
    /// The cut for the COMMIT that comes now.
    func takeCut() -> CommitCut? {
        state.withLock { state in
            guard !state.weather.cuts.isEmpty else { return nil }
            state.tally.cutCommits += 1
            return state.weather.cuts.removeFirst()
        }
    }
}
