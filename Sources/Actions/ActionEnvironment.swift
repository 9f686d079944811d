/// What a worker has, and what it may do.
public struct ActionEnvironment: Sendable {
    /// Where programs that are named without a path are looked for, and the command's `PATH`: absolute directories.
    public var searchPath: [String]
    /// Where each run gets a directory of its own (0700), removed afterwards. Absolute; made where it is missing.
    public var workRoot: String
    /// Where reminders to files with a relative path go. Absolute; made where it is missing.
    public var outbox: String
    public var secrets: SecretSource
    /// The programs that may be run at all, each an absolute path or a name to look for in `searchPath`; nil is any.
    /// A worker with such a list writes reminders into its outbox only, too.
    public var allow: [String]?
    /// How long after SIGTERM what is left of a command is killed.
    public var grace: Duration

    /// After the directories that a worker is told to search.
    public static let systemPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    public init(
        searchPath: [String] = Self.systemPath, workRoot: String, outbox: String,
        secrets: SecretSource = SecretSource(), allow: [String]? = nil, grace: Duration = .seconds(5)
    ) {
        self.searchPath = searchPath
        self.workRoot = workRoot
        self.outbox = outbox
        self.secrets = secrets
        self.allow = allow
        self.grace = grace
    }
}
