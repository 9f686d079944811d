import Glibc
import Synchronization

/// The lines that a process writes, as they come, and those who wait for one of them.
public final class LineLog: Sendable {
    private struct Waiter {
        let number: Int
        let wanted: @Sendable (String) -> Bool
        let continuation: CheckedContinuation<String?, Never>
    }

    private struct State {
        var lines: [String] = []
        var isEnded = false
        var waiters: [Waiter] = []
        var last = 0
    }

    private let state = Mutex(State())

    public init() {}

    public var lines: [String] { state.withLock(\.lines) }
    public var text: String { lines.joined(separator: "\n") }

    public func append(_ line: String) {
        let woken = state.withLock { state in
            state.lines.append(line)
            let woken = state.waiters.filter { $0.wanted(line) }
            state.waiters.removeAll { waiter in woken.contains { $0.number == waiter.number } }
            return woken
        }
        for waiter in woken { waiter.continuation.resume(returning: line) }
    }

    /// Nothing more will come.
    public func end() {
        let waiters = state.withLock { state in
            state.isEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
    }

    /// The first line, from the given one on, for which the answer is yes; nil where the log ended without one, or the
    /// task was cancelled.
    public func line(from start: Int = 0, where wanted: @escaping @Sendable (String) -> Bool) async -> String? {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isKnown, line) = state.withLock { state -> (Bool, String?) in
                    if let line = state.lines.dropFirst(start).first(where: wanted) { return (true, line) }
                    if state.isEnded || Task.isCancelled { return (true, nil) }
                    state.waiters.append(Waiter(number: number, wanted: wanted, continuation: continuation))
                    return (false, nil)
                }
                if isKnown { continuation.resume(returning: line) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let index = state.waiters.firstIndex { $0.number == number }
                return index.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    /// All lines, once nothing more will come.
    public func whole() async -> [String] {
        _ = await line { _ in false }
        return lines
    }

    /// Reads lines from a descriptor until its end, and closes it. Blocks.
    public func read(from descriptor: Int32) {
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            rest += chunk[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                append(String(decoding: rest[..<end], as: UTF8.self))
                rest.removeSubrange(...end)
            }
        }
        if !rest.isEmpty { append(String(decoding: rest, as: UTF8.self)) }
        close(descriptor)
        end()
    }
}
