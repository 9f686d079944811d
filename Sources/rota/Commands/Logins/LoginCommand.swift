import ArgumentParser

/// Which logins may work for what.
struct LoginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Say for which queues and clients a worker's login may work.",
        discussion: """
            A login is a role of the database server that is in the role rota_worker. It can call what a worker needs \
            and nothing else, and only for the queues and clients to which it is bound here. Administrators are bound \
            by nothing.
            """,
        subcommands: [BindLoginCommand.self, UnbindLoginCommand.self, ListLoginsCommand.self])
}
