import Glibc

/// Ends a server and removes its directory when its owner is gone.
///
/// It is a shell in a session of its own that reads from a channel of which we alone hold the other end. The kernel closes
/// that end when we close it, exit, crash or are killed, so no case is left in which the server stays behind.
final class ClusterKeeper: Sendable {
    private let ours: Int32
    let process: pid_t

    init(directory: String, programs: ServerPrograms, disk: Disk?) throws {
        let channel = try Channel()
        defer { close(channel.theirs) }
        ours = channel.ours
        // Who mounted the disk takes it away; the server is ended as its own user.
        let script = """
            directory=$1; disk=$2; shift 2
            read -r _
            pid=$(head -n 1 "$directory/data/postmaster.pid" 2>/dev/null) && kill -CONT "$pid" 2>/dev/null
            "$@" -s -w -t 20 -m immediate -D "$directory/data" stop
            [ -z "$disk" ] || umount -l "$disk"
            rm -rf "$directory"
            """
        let stop = try programs.command("pg_ctl", []).words
        let words = ["/bin/sh", "-c", script, "keeper", directory, disk?.path ?? ""] + stop
        process = try Command(words: words).spawn(input: channel.theirs, inNewSession: true)
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
