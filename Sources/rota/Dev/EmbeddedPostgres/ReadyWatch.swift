import Glibc

/// Tells when a starting server accepts connections. It writes so into its `postmaster.pid`, whose changes the kernel
/// tells; nothing has to connect and be refused.
struct ReadyWatch: ~Copyable {
    private let data: String
    private let changes: Int32

    init(data: String) throws {
        self.data = data
        changes = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard changes >= 0, inotify_add_watch(changes, data, UInt32(IN_CREATE | IN_MODIFY)) >= 0 else {
            throw EmbeddedPostgresError(
                "cannot watch \(data): \(SystemError.last)", hint: "raise fs.inotify.max_user_instances")
        }
    }

    /// The eighth line is the server's state (PostgreSQL's miscadmin.h).
    var isReady: Bool {
        let lines = Files.lines(of: data + "/postmaster.pid")
        return lines.count > 7 && lines[7].hasPrefix("ready")
    }

    /// Waits until something changes, at most so long.
    func wait(milliseconds: Int32) {
        var waiting = pollfd(fd: changes, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return }
        var told = [UInt8](repeating: 0, count: 4096)
        while read(changes, &told, told.count) > 0 {}
    }

    deinit { close(changes) }
}
