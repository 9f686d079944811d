import Testing

@testable import rota

/// Names that no manifest can have are refused before anybody waits for work of theirs.
struct WrittenNameTests {
    private func failure(_ body: () async throws -> Void) async -> CommandFailure? {
        do {
            try await body()
            return nil
        } catch {
            return CommandEnd.failure(from: error)
        }
    }

    @Test(arguments: [
        (["--queue", ""], "'' is no name of a queue"),
        (["--queue", "default", "--queue", "Night"], "'Night' is no name of a queue"),
        (["--client", ""], "'' is no name of a client"), (["--client", "a b"], "'a b' is no name of a client"),
        (["--name", ""], "a worker needs a name"),
    ]) func `a worker serves nothing that cannot be called so`(_ words: [String], _ what: String) async throws {
        let failure = await failure { _ = try WorkerOptions.parse(words).settings() }
        #expect(failure?.what == what)
        #expect(failure?.status == .wrongWords)
        let usual = try WorkerOptions.parse(["--queue", "night-2", "--client", "acme"]).settings().profile
        #expect(usual.queues == ["night-2"] && usual.clients == ["acme"])
    }

    @Test(arguments: [
        ["--queue", ""], ["--queue", "default", "--client", ""], ["--queue", "default", "--client", "A"],
    ])
    func `a login is bound to nothing that cannot be called so`(_ words: [String]) async throws {
        // The names are looked at before a database is: there is none.
        let command = try BindLoginCommand.parse(["worker"] + words + ["--database-url", "host=/nowhere/at/all"])
        #expect(await failure { try await command.run() }?.status == .wrongWords)
    }
}
