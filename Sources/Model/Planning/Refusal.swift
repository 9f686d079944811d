/// What a worker says of a guard that does not hold, and of which guard something was said.
extension Requirement {
    /// Of a file, with its path as it was looked for.
    public static func refusal(ofFile path: String) -> String { "file \(path) is not there on the worker" }

    /// Of a command.
    ///
    /// - Parameter said: how it ended, in its own words.
    public static func refusal(ofCommand command: [String], said: String?) -> String {
        "\(command.first ?? ""), which it requires, does not agree: \(said ?? "")"
    }

    /// Whether a worker may have said this of it. Of files whose paths are filled in it is only known that it was one of them.
    public func isRefused(by message: String) -> Bool {
        switch self {
        case .file(let path):
            path.contains("{{")
                ? message.hasPrefix("file ") && message.hasSuffix(" is not there on the worker")
                : message == Self.refusal(ofFile: path)
        case .exec(let command, _): message.hasPrefix(Self.refusal(ofCommand: command, said: nil))
        case .succeeded, .noFinding: false
        }
    }
}
