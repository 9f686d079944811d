import Glibc
import Postgres

/// A throwaway PostgreSQL server in a directory of its own under `/tmp`, reached by a unix socket only.
///
/// It ends, and its directory goes, with the last reference to it or with this process, however that dies.
public final class Cluster: Sendable {
    public enum StopMode: String, Sendable {
        /// Waits until every session has ended by itself.
        case smart
        /// Ends the sessions.
        case fast
        /// Ends everything without writing down what is in memory, like a crash.
        case immediate
    }

    /// Holds the sockets and, in `data`, the server's files. Short, as a socket's path has at most 107 bytes.
    public let directory: String
    /// The disk with the server's files, where they have one of their own.
    public let disk: Disk?
    let programs: ServerPrograms
    /// What its programs are started with, in the network where it runs.
    private let entering: [String]
    private let keeper: ClusterKeeper

    private init(
        directory: String, disk: Disk?, programs: ServerPrograms, entering: [String], keeper: ClusterKeeper
    ) {
        self.directory = directory
        self.disk = disk
        self.programs = programs
        self.entering = entering
        self.keeper = keeper
    }

    /// Makes a server and starts it.
    public static func start(_ options: ClusterOptions = ClusterOptions()) async throws -> Cluster {
        let cluster = try await offThread { try Cluster.create(options) }
        try await cluster.start()
        return cluster
    }

    /// A connection string for a database of this server.
    public func conninfo(database: String = "postgres", user: String = "postgres") -> String {
        "host=\(directory) port=5432 user=\(user) dbname=\(database)"
    }

    public func configuration(database: String = "postgres") -> Configuration {
        Configuration(conninfo(database: database))
    }

    /// Starts the server after it was stopped or killed, and waits until it takes connections.
    public func start() async throws {
        try await control(["-w", "-l", "\(directory)/log", "start"])
    }

    public func stop(_ mode: StopMode = .fast) async throws {
        try await control(["-w", "-m", mode.rawValue, "stop"])
    }

    public func restart(_ mode: StopMode = .fast) async throws {
        try await control(["-w", "-m", mode.rawValue, "-l", "\(directory)/log", "restart"])
    }

    /// Kills every process of the server at once, as when its machine loses its power, and waits until they are gone.
    public func kill() async throws {
        let postmaster = try processID()
        try await offThread { try ProcessFamily(of: postmaster).kill() }
    }

    /// The server's main process.
    public func processID() throws -> pid_t {
        let file = "\(directory)/data/postmaster.pid"
        guard let line = try TextFile.read(file).split(whereSeparator: \.isNewline).first, let id = pid_t(line) else {
            throw TestSupportError("no process id in \(file): is the server running?")
        }
        return id
    }

    /// Whether the main process is there.
    public func isRunning() throws -> Bool {
        try access("\(directory)/data/postmaster.pid", F_OK) == 0 && Glibc.kill(processID(), 0) == 0
    }

    /// The process that ends this server when we are gone, and ends itself then.
    public var keeperID: pid_t { keeper.process }

    /// What the server wrote in its log.
    public func log() throws -> String {
        try TextFile.read("\(directory)/log")
    }

    func control(_ arguments: [String]) async throws {
        let plain = try programs.command("pg_ctl", ["-s", "-t", "60", "-D", "\(directory)/data"] + arguments)
        let command = Command(words: entering + plain.words)
        let log = "\(directory)/log"
        try await offThread {
            let ending = try command.runToEnd()
            guard ending.status == 0 else {
                let tail = try access(log, R_OK) == 0 ? TextFile.read(log).suffix(2000) : ""
                throw TestSupportError("pg_ctl \(arguments.last ?? "") failed:\n\(ending.output)\(tail)")
            }
        }
    }

    private static func create(_ options: ClusterOptions) throws -> Cluster {
        try create(options) { programs, data in
            try programs.command(
                "initdb",
                ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
                    // On a small disk a log in pieces of a mebibyte.
                    + (options.disk == nil ? [] : ["--wal-segsize=1"])
            ).run()
        }
    }

    /// - Parameter fill: makes the server's files in the directory that it is given.
    static func create(
        _ options: ClusterOptions, fill: (ServerPrograms, _ data: String) throws -> Void
    ) throws -> Cluster {
        let programs = try ServerPrograms.find()
        var template = Array("/tmp/pg.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSupportError("/tmp takes no directory: error \(errno)") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if let user = try ServerPrograms.plainUser() { chown(directory, user.id, user.group) }
        let data = "\(directory)/data"
        let disk = try options.disk.map { try Disk.mount(mebibytes: $0, at: data) }
        let keeper = try ClusterKeeper(directory: directory, programs: programs, disk: disk)
        try fill(programs, data)
        try TextFile.append(options.file(sockets: directory), to: "\(data)/postgresql.conf")
        if options.network != nil { try TextFile.append("host all all all trust\n", to: "\(data)/pg_hba.conf") }
        let entering = options.network.map { ["nsenter", "--net=\($0.path)", "--"] } ?? []
        return Cluster(directory: directory, disk: disk, programs: programs, entering: entering, keeper: keeper)
    }
}
