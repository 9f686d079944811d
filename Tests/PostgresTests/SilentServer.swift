import Glibc
import TestSupport

/// Takes TCP connections and says nothing.
final class SilentServer: Sendable {
    let port: UInt16
    private let listening: Int32

    init() throws {
        listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        port = try LoopbackSocket.listen(listening)
    }

    /// Waits until somebody stands in the line of those to be accepted.
    func untilSomebodyConnects() async throws {
        let listening = listening
        _ = try await offThread {
            var waiting = pollfd(fd: listening, events: Int16(POLLIN), revents: 0)
            return poll(&waiting, 1, 10_000)
        }
    }

    func close() {
        Glibc.close(listening)
    }
}
