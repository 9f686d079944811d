import FaultRig
import Glibc
import TestSupport

/// A named pipe that commands write to: a test hears from them, and hears that all who held it are gone.
final class Fifo: Sendable {
    /// What is heard.
    enum Event: Sendable, Equatable {
        case line(String)
        /// Every writer is gone.
        case silence
    }

    let path: String
    private let number: Int32

    /// Makes it and opens it for reading at once, so that no writer waits.
    init(_ path: String) throws {
        self.path = path
        guard mkfifo(path, 0o600) == 0 else { throw TestSupportError("\(path) cannot be made: error \(errno)") }
        number = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw TestSupportError("\(path) cannot be opened: error \(errno)") }
    }

    deinit { close(number) }

    /// Waits for the next line, or for the end of all writers.
    func next(_ what: String, within limit: Duration = .seconds(120)) async throws -> Event {
        let milliseconds = Int32(limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000)
        return try await offThread { [number, path] in
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while true {
                var event = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
                // Before its first writer a pipe is silent, not ended, and tells nothing.
                guard poll(&event, 1, milliseconds) > 0 else {
                    throw DeadlinePassed("\(what) was waited for at \(path) in vain for \(limit)")
                }
                let count = read(number, &byte, 1)
                if count == 0 { return .silence }
                if count < 0 { continue }
                if byte == UInt8(ascii: "\n") { return .line(String(decoding: line, as: UTF8.self)) }
                line.append(byte)
            }
        }
    }

    /// Waits until every writer is gone, whatever they say before.
    func silence(_ what: String, within limit: Duration = .seconds(120)) async throws {
        while try await next(what, within: limit) != .silence {}
    }
}

/// A named pipe that commands read from: they wait at it until a test opens it, for all who come later, too.
final class Gate: Sendable {
    let path: String
    private let keeper = OneTime<Int32>()

    init(_ path: String) throws {
        self.path = path
        guard mkfifo(path, 0o600) == 0 else { throw TestSupportError("\(path) cannot be made: error \(errno)") }
    }

    deinit {
        if let number = keeper.value { close(number) }
    }

    /// Lets everybody through who waits to open it for reading.
    func open() throws {
        let number = Glibc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw TestSupportError("\(path) cannot be opened: error \(errno)") }
        keeper.set(number)
    }
}
