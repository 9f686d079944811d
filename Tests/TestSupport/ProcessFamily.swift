import Glibc

/// A process and its children.
struct ProcessFamily {
    private let members: [pid_t]

    init(of parent: pid_t) throws {
        let children = try TextFile.read("/proc/\(parent)/task/\(parent)/children")
        members = [parent] + children.split(separator: " ").compactMap { pid_t($0) }
    }

    /// Kills all and waits until they are gone.
    func kill() throws {
        // First the parent, so that it starts no new ones.
        for member in members { Glibc.kill(member, SIGKILL) }
        for member in members {
            // They are not our children, so only another program's eyes can wait for them without a system call that
            // Swift does not reach.
            try Command(words: ["timeout", "10", "tail", "--pid=\(member)", "-s", "0.01", "-f", "/dev/null"]).run()
        }
    }
}
