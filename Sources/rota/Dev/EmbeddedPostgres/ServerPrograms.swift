import FoundationEssentials
import Glibc

/// Where a PostgreSQL server's programs are.
struct ServerPrograms: Sendable {
    /// The directory with `postgres` and `initdb`.
    let directory: String
    let major: Int

    /// The oldest server that the schema is written for.
    static let oldestMajor = 15

    var postgres: String { directory + "/postgres" }
    var initdb: String { directory + "/initdb" }

    /// The newest server of this machine, or the one of the version that made the data.
    static func find(major wanted: Int?) throws -> ServerPrograms {
        let found = places().compactMap(programs(in:))
        let fitting = found.filter { $0.major >= oldestMajor && (wanted == nil || $0.major == wanted) }
        if let newest = fitting.max(by: { $0.major < $1.major }) { return newest }
        let seen = Set(found.map(\.major)).sorted().map(String.init).joined(separator: ", ")
        let version = wanted.map { "version \($0), which made the data," } ?? "version \(oldestMajor) or later"
        throw EmbeddedPostgresError(
            "there is no PostgreSQL server of \(version) on this machine"
                + (seen.isEmpty ? "" : " (but there is: \(seen))"),
            hint: wanted == nil
                ? "install one (`deploy/prepare` does), or name your own database with --database-url"
                : "install that version, or begin anew with another --data")
    }

    /// Every directory in which distributions put a server, in no order that matters.
    private static func places() -> [String] {
        var places = Files.entries(of: "/usr/lib/postgresql").map { "/usr/lib/postgresql/\($0)/bin" }
        places += Files.entries(of: "/usr").filter { $0.hasPrefix("pgsql-") }.map { "/usr/\($0)/bin" }
        places += Files.entries(of: "/usr/lib").filter { $0.hasPrefix("postgresql") }.map { "/usr/lib/\($0)/bin" }
        places += Files.entries(of: "/usr/libexec").filter { $0.hasPrefix("postgresql") }.map { "/usr/libexec/\($0)" }
        for prefix in ["/opt/homebrew/opt", "/usr/local/opt"] {
            places += Files.entries(of: prefix).filter { $0.hasPrefix("postgresql@") }.map { "\(prefix)/\($0)/bin" }
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        places += path.split(separator: ":").map(String.init)
        if let told = ChildCommand(["pg_config", "--bindir"]).firstLine() { places.append(told) }
        return Array(Set(places))
    }

    private static func programs(in directory: String) -> ServerPrograms? {
        let found = ServerPrograms(directory: directory, major: 0)
        guard access(found.postgres, X_OK) == 0, access(found.initdb, X_OK) == 0,
            // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
            let version = ChildCommand([found.postgres, "--version"]).firstLine()?.split(separator: " ").dropFirst(2)
                .first,
            let major = Int(version.prefix(while: \.isNumber))
        else { return nil }
        return ServerPrograms(directory: directory, major: major)
    }
}
