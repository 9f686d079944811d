import Glibc

/// Ends a server and removes its directory when its owner is gone.
///
/// It is a shell in a session of its own that reads from a channel of which we alone hold the other end. The kernel closes
/// that end when we close it, exit, crash or are killed, so no case is left in which the server stays behind.
final class ClusterKeeper: Sendable {
    private let ours: Int32
    let process: pid_t

    init(directory: String, programs: ServerPrograms) throws {
        let channel = try Channel()
        defer { close(channel.theirs) }
        ours = channel.ours
        let script = """
            read -r _
            pid=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null) && kill -CONT "$pid" 2>/dev/null
            "$1/pg_ctl" -s -w -t 20 -m immediate -D "$2/data" stop
            rm -rf "$2"
            """
        let words = ["/bin/sh", "-c", script, "keeper", programs.directory, directory]
        process = try ServerPrograms.asPlainUser(words).spawn(input: channel.theirs, inNewSession: true)
        // Whoever waits for it takes it off the list of processes.
        startThread { [process] in
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
    }

    deinit {
        close(ours)
    }
}
