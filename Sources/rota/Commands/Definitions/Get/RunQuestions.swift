import ArgumentParser
import Store

/// What `get` and `describe` answer as commands of their own do.
struct RunQuestions {
    var database: DatabaseOptions
    var output: OutputOptions

    /// `rota runs`, or `rota why` of one.
    func runs(_ name: String?, client: String?, limit: Int) async throws {
        guard let name else {
            return try await answer(RunsCommand.self, Self.words(client: client, limit: limit))
        }
        try await run(name)
    }

    /// `rota why` of one run.
    func run(_ name: String) async throws {
        guard let run = RunNumber(argument: name) else {
            throw CommandFailure.words("'\(name)' is not a run's number", mend: "see 'rota runs'")
        }
        try await answer(WhyCommand.self, [String(run.number)])
    }

    /// `rota findings`.
    func findings(client: String?, limit: Int) async throws {
        try await answer(FindingsCommand.self, Self.words(client: client, limit: limit))
    }

    private static func words(client: String?, limit: Int) -> [String] {
        ["--limit", String(limit)] + (client.map { ["--client", $0] } ?? [])
    }

    private func answer<Command: AsyncParsableCommand>(_ type: Command.Type, _ words: [String]) async throws {
        let address = database.url.map { ["--database-url", $0] } ?? []
        guard var command = try type.parseAsRoot(words + ["-o", output.output.rawValue] + address) as? Command else {
            preconditionFailure("these words are a call of \(type)")
        }
        try await command.run()
    }
}
