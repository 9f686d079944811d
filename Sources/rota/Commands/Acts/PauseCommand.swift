import ArgumentParser
import Recurrence
import Store

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stops a job for a while.",
        discussion: """
            What is going goes on; what is not started is held, and what falls due meanwhile is skipped: resuming \
            never fires for the past.
            """)

    @Argument(help: ArgumentHelp("The job.", valueName: "job/name")) var job: JobName
    @Option(help: ArgumentHelp("Why, for whoever wonders.", valueName: "text")) var reason: String
    @Option(
        help: ArgumentHelp(
            "Until when: an instant, or a span from now such as 2d; else until it is resumed.", valueName: "moment"))
    var until: Moment?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if reason.isEmpty { throw ValidationError("--reason needs some words") }
    }

    func run() async throws {
        try await database.withStore { store in
            let now = try await store.now()
            let end = until?.after(now)
            if let end, end <= now { throw CommandFailure.words("--until \(end) has passed", mend: "it is \(now)") }
            switch try await store.pause(job: job.name, reason: reason, until: end, actor: actor.actor) {
            case .paused:
                let words = end.map { "until \(Words.moment($0))" } ?? "until it is resumed"
                try StandardOutput.line(PlainText.line("job \(job.name): paused \(words)"))
            case .alreadyPaused(let pause):
                throw CommandFailure(
                    "job \(job.name) is \(pause.inWords), since \(Words.moment(pause.since))",
                    mend: "resume it first: rota resume job/\(job.name)")
            case .unknown:
                throw try await store.unknownJob(job.name)
            }
        }
    }
}
