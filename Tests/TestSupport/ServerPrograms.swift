import Glibc

/// Where the server's programs are on this machine, and as which user they may run.
struct ServerPrograms: Sendable {
    let directory: String

    /// The newest of `/usr/lib/postgresql/*/bin`, then `pg_config --bindir`, then `PATH`.
    static func find() throws -> ServerPrograms {
        let candidates = packaged() + configured() + path()
        guard let found = candidates.first(where: { isExecutable("\($0)/initdb") && isExecutable("\($0)/postgres") })
        else {
            throw TestSupportError(
                """
                PostgreSQL's server is not on this machine: looked in /usr/lib/postgresql/*/bin, pg_config --bindir, PATH
                  install it: apt-get install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora)
                """)
        }
        return ServerPrograms(directory: found)
    }

    /// A program of the server's with its arguments, as a plain user where we are root, since the server refuses that.
    func command(_ program: String, _ arguments: [String]) throws -> Command {
        try ServerPrograms.asPlainUser(["\(directory)/\(program)"] + arguments)
    }

    static func asPlainUser(_ words: [String]) throws -> Command {
        guard let user = try plainUser() else { return Command(words: words) }
        // They complain about a directory that they may not read, which root's own often is.
        let switching = [
            "env", "--chdir=/", "setpriv", "--reuid=\(user.id)", "--regid=\(user.group)", "--clear-groups",
        ]
        return Command(words: switching + words)
    }

    /// Nil where we are a plain user ourselves.
    static func plainUser() throws -> (id: uid_t, group: gid_t)? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name) { return (entry.pointee.pw_uid, entry.pointee.pw_gid) }
        }
        throw TestSupportError("there is neither a user postgres nor nobody to run PostgreSQL as")
    }

    private static func packaged() -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob("/usr/lib/postgresql/*/bin", 0, nil, &found) == 0 else { return [] }
        let paths = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        return paths.sorted { version($0) > version($1) }
    }

    private static func version(_ path: String) -> Int {
        path.split(separator: "/").compactMap { Int($0) }.first ?? 0
    }

    private static func configured() -> [String] {
        guard path().contains(where: { isExecutable("\($0)/pg_config") }) else { return [] }
        switch Result(catching: { try Command(words: ["pg_config", "--bindir"]).run() }) {
        case .success(let output): return output.split(whereSeparator: \.isNewline).map(String.init)
        case .failure: return []
        }
    }

    private static func path() -> [String] {
        getenv("PATH").map { String(cString: $0).split(separator: ":").map(String.init) } ?? []
    }

    private static func isExecutable(_ path: String) -> Bool {
        access(path, X_OK) == 0
    }
}
