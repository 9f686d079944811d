import Recurrence

/// Runs a command, without a shell.
public struct ExecAction: Codable, Hashable, Sendable {
    /// A value of the command's environment: written down, or the name of a secret that the worker resolves.
    public enum Value: Codable, Hashable, Sendable {
        case text(String)
        case secret(String)
    }

    /// The program and its arguments; each may hold `{{ … }}`.
    public var command: [String]
    /// After it the command is ended, and the attempt has timed out.
    public var timeout: Span
    /// Where the command runs; nil is an empty directory of the run's own.
    public var directory: String?
    public var environment: [String: Value]
    /// What the command reads on its standard input.
    public var input: String?
    public var okExitCodes: [Int]
    /// Those that say that the target was not there; nil is 69 (EX_UNAVAILABLE) where `whenOffline` is said.
    public var offlineExitCodes: [Int]?

    public init(
        command: [String], timeout: Span, directory: String? = nil, environment: [String: Value] = [:],
        input: String? = nil, okExitCodes: [Int] = [0], offlineExitCodes: [Int]? = nil
    ) {
        self.command = command
        self.timeout = timeout
        self.directory = directory
        self.environment = environment
        self.input = input
        self.okExitCodes = okExitCodes
        self.offlineExitCodes = offlineExitCodes
    }
}
