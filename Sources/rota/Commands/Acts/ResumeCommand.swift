import ArgumentParser
import Store

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets a paused job go on.",
        discussion: "What fell due meanwhile stays skipped.")

    @Argument(help: ArgumentHelp("The job.", valueName: "job/name")) var job: JobName
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withStore { store in
            switch try await store.resume(job: job.name, actor: actor.actor) {
            case .resumed: try StandardOutput.line(PlainText.line("job \(job.name): resumed"))
            case .notPaused: throw CommandFailure("job \(job.name) is not paused")
            case .unknown: throw try await store.unknownJob(job.name)
            }
        }
    }
}
