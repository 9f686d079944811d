import Glibc
import ServiceLifecycle

/// systemd's readiness and watchdog protocol (sd_notify(3)), where `NOTIFY_SOCKET` is set.
struct ServiceManager: Service {
    private let path: String
    /// How often the watchdog wants to hear; nil is never.
    private let every: Duration?

    /// Nil where no service manager wants to hear.
    ///
    /// - Throws: `CommandFailure` where `NOTIFY_SOCKET` names something that cannot be a socket.
    static func fromEnvironment(_ environment: [String: String] = Environment.all) throws -> ServiceManager? {
        guard let path = Environment.value("NOTIFY_SOCKET", in: environment) else { return nil }
        guard path.utf8.count < 108, path.hasPrefix("/") || path.hasPrefix("@") else {
            throw CommandFailure.words(
                "NOTIFY_SOCKET is not the path of a socket", mend: "leave it to the service manager to set it")
        }
        // Twice as often as it must be (sd_watchdog_enabled(3)).
        let every = Environment.value("WATCHDOG_USEC", in: environment).flatMap { Int64($0) }
            .map { Duration.microseconds($0 / 2) }
        return ServiceManager(path: path, every: every)
    }

    /// Says that the parts have been started, and then that they are alive.
    func run() async throws {
        send("READY=1")
        await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            do {
                while let every {
                    send("WATCHDOG=1")
                    try await clock.sleep(for: every)
                }
                while true { try await clock.sleep(for: .seconds(86_400)) }
            } catch {
                // Cancelled: the parts are ending.
            }
        }
    }

    func sayStopping() { send("STOPPING=1") }

    /// A manager that is not there, or does not listen, is no reason to stop the work.
    private func send(_ state: String) {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // An abstract socket's name begins with a zero byte, written as @.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                _ = sendto(socket, state, state.utf8.count, Int32(MSG_NOSIGNAL), target, length)
            }
        }
    }
}
