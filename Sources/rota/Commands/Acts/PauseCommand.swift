import ArgumentParser
import Model
import Recurrence
import Store

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stops a job, a client, an asset or all of a label for a while.",
        discussion: """
            A label is a job's, a client's or an asset's. What is going goes on; what is not started is held, and what falls due meanwhile is skipped: resuming \
            never fires for the past.
            """)

    @Argument(help: PauseTarget.help) var what: PauseTarget
    @Option(help: ArgumentHelp("Only at this client.", valueName: "name")) var client: String?
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
            let subject = try what.subject(at: client)
            switch try await store.pause(subject, reason: reason, until: end, actor: actor.actor) {
            case .paused:
                let words = end.map { "until \(Words.moment($0))" } ?? "until it is resumed"
                try StandardOutput.line(PlainText.line("\(subject.told): paused \(words)"))
            case .alreadyPaused(let pause):
                throw CommandFailure(
                    "\(subject.told) is paused by \(pause.actor): \(pause.reason), since \(Words.moment(pause.since))",
                    mend: "resume it first: \(subject.resuming)")
            case .unknown:
                throw try await store.unknown(subject)
            }
        }
    }
}

extension PauseSubject {
    /// The command that ends such a pause.
    var resuming: String {
        let narrowed = job != nil || label != nil ? client.map { " --client \($0)" } ?? "" : ""
        var alone = self
        if !narrowed.isEmpty { alone.client = nil }
        return "rota resume \(alone)\(narrowed)"
    }
}

extension Store {
    /// The failure of a call that names something that is not there.
    func unknown(_ subject: PauseSubject) async throws -> CommandFailure {
        if let unknown = try await unknownName(in: RunFilter(client: subject.client, asset: subject.asset)) {
            return .unknown(unknown)
        }
        return try await unknownJob(subject.job ?? "")
    }
}
