import ArgumentParser

/// A worker itself, and what is done to workers.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Do what is ready, for ever; or have workers end.",
        discussion: """
            Without another word it is a worker: 'rota worker --queue night' is 'rota worker run --queue night'.

            \(options(of: WorkerRunCommand.self))
            """,
        subcommands: [WorkerRunCommand.self, WorkerDrainCommand.self],
        defaultSubcommand: WorkerRunCommand.self)

    /// What a command takes, from its own help: that of the word before it would be silent about it.
    private static func options(of command: any ParsableCommand.Type) -> String {
        let lines = command.helpMessage(columns: 80).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { !$0.hasPrefix("OPTIONS:") }.joined(separator: "\n")
    }
}
