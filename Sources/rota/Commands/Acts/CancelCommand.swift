import ArgumentParser
import Store

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ends a run for good.",
        discussion: "One that a worker has in hand is ended by that worker, when it next renews its lease.")

    @Argument(help: ArgumentHelp("The run's number.", valueName: "run")) var run: RunNumber
    @Option(help: ArgumentHelp("Why, for the log of acts.", valueName: "text")) var reason: String?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let number = run.number
        let result = try await database.withStore { store in
            try await store.cancel(run: number, reason: reason, actor: actor.actor)
        }
        switch result {
        case .cancelled: try StandardOutput.line("run \(number): cancelled")
        case .asked(let worker):
            try StandardOutput.line(PlainText.line("run \(number): worker \(worker) was asked to end it"))
        case .alreadyDone(let state):
            throw CommandFailure(
                "run \(number) is done already: \(state.rawValue)", mend: "see 'rota why \(number)'")
        case .unknown: throw CommandFailure.unknown(run: run)
        }
    }
}
