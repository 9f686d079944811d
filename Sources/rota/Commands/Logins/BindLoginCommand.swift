import ArgumentParser
import Store

struct BindLoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind", abstract: "Bind a login to queues and clients, instead of what it was bound to before.",
        discussion: """
            Its workers take no more than that from this moment on; what they have in hand they finish. To be bound to \
            more, they have to be started again.
            """)

    @Argument(help: "The login.") var login: String
    @Option(name: .customLong("queue"), help: "A queue; may be given several times.") var queues: [String] = []
    @Option(name: .customLong("client"), help: "A client; may be given several times. All unless it is said.")
    var clients: [String] = []
    @Option(help: ArgumentHelp("Why.", valueName: "text")) var reason: String?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if queues.isEmpty { throw ValidationError("say at least one --queue") }
    }

    func run() async throws {
        for queue in queues { try WrittenName.check("queue", queue) }
        for client in clients { try WrittenName.check("client", client) }
        try await database.withStore { store in
            let result = try await store.bind(
                login: login, queues: queues, clients: clients.isEmpty ? nil : clients, reason: reason,
                actor: actor.actor)
            guard result == .bound else { throw try await Self.failure(result, login: login, store) }
        }
        let whom = clients.isEmpty ? "all clients" : clients.joined(separator: ", ")
        try StandardOutput.line(
            PlainText.line("login \(login): bound to \(queues.joined(separator: ", ")) for \(whom)"))
    }

    private static func failure(_ result: BindResult, login: String, _ store: Store) async throws -> CommandFailure {
        switch result {
        case .bound, .noLogin:
            CommandFailure(
                "the server has no login '\(login)'",
                mend: "as a superuser: create role \"\(login)\" login in role rota_worker; and give it a password")
        case .noWorker:
            CommandFailure(
                "login \(login) is not in the role rota_worker",
                mend: "as a superuser: grant rota_worker to \"\(login)\"")
        case .unbindable:
            CommandFailure(
                "login \(login) may act as an administrator or the owner, and is bound by nothing",
                mend: "give workers a login of their own")
        case .unknownClients(let names):
            .unknown("client", names[0], known: try await store.names(of: .client))
        }
    }
}
