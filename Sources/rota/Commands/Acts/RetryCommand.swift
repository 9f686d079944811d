import ArgumentParser
import Store

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Asks for the work of a finished run once more.",
        discussion: "History is never changed: the work is done again as a run of its own, by the job as it is now.")

    @Argument(help: ArgumentHelp("The run's number.", valueName: "run")) var run: RunNumber
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let number = run.number
        let result = try await database.withStore { try await $0.retry(run: number, actor: actor.actor) }
        switch result {
        case .requested(let again):
            let target = again.asset.map { "\($0) for \(again.client)" } ?? again.client
            try StandardOutput.line(
                PlainText.line("run \(again.run): requested, to do run \(number) again on \(target)"))
        case .stillOpen(let state):
            throw CommandFailure(
                "run \(number) is still \(state.rawValue)", mend: "see 'rota why \(number)', or cancel it first")
        case .removed:
            throw CommandFailure(
                "the job of run \(number), or its client's part in it, has been removed",
                mend: "apply it again, then ask for it with 'rota run'")
        case .unknown:
            throw CommandFailure.unknown(run: run)
        }
    }
}
