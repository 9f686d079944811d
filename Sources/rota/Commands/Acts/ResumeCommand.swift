import ArgumentParser
import Store

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets what was paused go on.",
        discussion: """
            What fell due meanwhile stays skipped. A job's name ends its pauses at single clients too.
            """)

    @Argument(help: PauseTarget.help) var what: PauseTarget
    @Option(help: ArgumentHelp("Only at this client.", valueName: "name")) var client: String?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withStore { store in
            let subject = try what.subject(at: client)
            switch try await store.resume(subject, actor: actor.actor) {
            case .resumed: try StandardOutput.line(PlainText.line("\(subject.told): resumed"))
            case .notPaused: throw CommandFailure("\(subject.told) is not paused")
            case .unknown: throw try await store.unknown(subject)
            }
        }
    }
}
