import ArgumentParser

/// What is done with rollouts.
struct RolloutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "How far rollouts have come; lets one that has stopped go on, or ends it.",
        subcommands: [RolloutStatusCommand.self, RolloutResumeCommand.self, RolloutAbortCommand.self])
}
