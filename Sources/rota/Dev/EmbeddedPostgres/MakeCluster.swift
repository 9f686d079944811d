import FoundationEssentials
import Glibc

extension ServerHome {
    /// Makes the cluster and the database `rota` in it, if there is none: beside its place, and moved there when it is
    /// whole, so that whatever ends this midway leaves nothing that looks like data.
    ///
    /// - Parameter alive: held by the programs that this runs, so that a next process waits for their end.
    func makeCluster(with programs: ServerPrograms, holding alive: FileLock, log: (String) -> Void) throws {
        if Files.exists(data + "/PG_VERSION") { return }
        if Files.exists(data), !Files.entries(of: data).isEmpty {
            throw EmbeddedPostgresError(
                "\(data) holds something that is not a PostgreSQL cluster",
                hint: "move it away, or give --data another directory")
        }
        log("making a PostgreSQL \(programs.major) cluster in \(data)")
        let fresh = data + ".new"
        try remove(fresh)
        try remove(data)
        try Self.makePrivate(fresh, account)
        try run(
            [
                programs.initdb, "--pgdata=\(fresh)", "--username=rota", "--auth-local=trust", "--auth-host=reject",
                "--encoding=UTF8", "--locale=\(Self.locale)", "--data-checksums", "--no-instructions",
            ], holding: alive)
        // A server of a single session reads commands from its input: no client program is needed, and no socket.
        try run(
            [
                "/bin/sh", "-c", #"echo "create database rota" | "$1" --single -D "$2" -c exit_on_error=on template1"#,
                "sh", programs.postgres, fresh,
            ], holding: alive)
        guard rename(fresh, data) == 0 else {
            throw EmbeddedPostgresError(
                "cannot rename \(fresh) to \(data): \(SystemError.last)", hint: "remove both, and try again")
        }
    }

    /// Sorted by code points, so that no upgrade of the system's libraries can spoil an index.
    private static var locale: String {
        guard let found = newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil) else { return "C" }
        freelocale(found)
        return "C.UTF-8"
    }

    private func run(_ command: [String], holding alive: FileLock) throws {
        let output = try openLog()
        defer { close(output) }
        let code = try ChildCommand(account.running(command), files: [1: output, 2: output, 3: alive.descriptor]).run()
        guard code == 0 else {
            throw EmbeddedPostgresError(
                "making a PostgreSQL cluster in \(data) failed (exit \(code)): \(Files.tail(of: logFile))",
                hint: "the whole of what it said is in \(logFile)")
        }
    }

    /// Opens the log for a program to write to.
    func openLog() throws -> Int32 {
        let file = open(logFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw EmbeddedPostgresError(
                "cannot write \(logFile): \(SystemError.last)", hint: "give --data a directory that you may write to")
        }
        return file
    }

    private func remove(_ path: String) throws {
        guard Files.exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw EmbeddedPostgresError("cannot remove \(path): \(error)", hint: "remove it yourself")
        }
    }
}
