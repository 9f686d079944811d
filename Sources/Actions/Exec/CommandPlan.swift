/// A command with everything filled in: ready to be started.
struct CommandPlan: Sendable {
    /// Absolute path.
    var program: String
    /// With the program's name as it was given first.
    var arguments: [String]
    var environment: [(name: String, value: [UInt8])]
    /// Absolute.
    var directory: String
    var input: String?
    /// What is blotted out of the output.
    var secrets: [[UInt8]]
}

/// Why a command cannot be started: all of it.
struct PlanProblems: Error {
    var messages: [String]
}
