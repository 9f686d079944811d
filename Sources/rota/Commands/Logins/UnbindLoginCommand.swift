import ArgumentParser
import Store

struct UnbindLoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unbind", abstract: "Take from a login all that it may work for.",
        discussion: "Its workers take no more from this moment on; what they have in hand they finish.")

    @Argument(help: "The login.") var login: String
    @Option(help: ArgumentHelp("Why.", valueName: "text")) var reason: String?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let wasBound = try await database.withStore { store in
            try await store.unbind(login: login, reason: reason, actor: actor.actor)
        }
        guard wasBound else {
            throw CommandFailure("login \(login) is bound to nothing", mend: "see 'rota login list'")
        }
        try StandardOutput.line(PlainText.line("login \(login): bound to nothing any more"))
    }
}
