import Glibc

/// The user that the server runs as: PostgreSQL refuses to be root.
struct ServerAccount: Equatable, Sendable {
    let user: uid_t
    let group: gid_t

    static var current: ServerAccount { ServerAccount(user: geteuid(), group: getegid()) }

    var isCurrent: Bool { user == geteuid() }

    /// The user's name, or its number if it has none.
    var name: String {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? String(user)
    }

    /// The account of a user's name; nil if there is none or if it is root.
    static func named(_ name: String) -> ServerAccount? {
        getpwnam(name).flatMap { found in
            found.pointee.pw_uid == 0
                ? nil : ServerAccount(user: found.pointee.pw_uid, group: found.pointee.pw_gid)
        }
    }

    /// The account that a file belongs to; nil if it is not there or is root's.
    static func owner(of path: String) -> ServerAccount? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_uid != 0 else { return nil }
        return ServerAccount(user: status.st_uid, group: status.st_gid)
    }

    /// The arguments by which this account runs a command, from the root directory: the present one may be closed to it.
    func running(_ command: [String]) -> [String] {
        let shell = ["/bin/sh", "-c", #"cd / && exec "$@""#, "sh"] + command
        if isCurrent { return shell }
        // By number, as an owner may have no name here; with no other groups, so with no rights but its own.
        return ["setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"] + shell
    }

    /// Whether this account may go to a directory. Tried, not computed: modes are not all that decides.
    func canEnter(_ directory: String) throws -> Bool {
        try isCurrent || ChildCommand(running(["/bin/sh", "-c", #"cd "$1""#, "sh", directory])).run() == 0
    }

    /// Makes a file this account's own.
    func take(_ path: String) throws {
        guard isCurrent || lchown(path, user, group) == 0 else {
            throw EmbeddedPostgresError(
                "cannot give \(path) to user '\(name)': \(SystemError.last)",
                hint: "give --data a directory on a disk of this machine, or run this as a plain user")
        }
    }
}
