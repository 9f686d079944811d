import ArgumentParser
import Recurrence
import Store

/// Lists things of a kind, or shows one.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "List jobs, clients, windows, calendars, assets, workers, runs or findings.",
        discussion: "With -o yaml, definitions are written as manifests that can be applied again.")

    @Argument(
        help: ArgumentHelp("jobs, clients, windows, calendars, assets, workers, runs or findings.", valueName: "kind"))
    var kind: String
    @Argument(help: ArgumentHelp("Only this one.", valueName: "name"))
    var name: String?
    @Option(help: "Only this client's assets, runs or findings.") var client: String?
    @Option(help: "How many assets, runs or findings at most: 1 to 100000.") var limit = 100
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    func run() async throws {
        let object = name == nil ? ObjectName(kind) : nil
        let kind = try KindWord.parse(object?.kind ?? kind)
        let name = object?.name ?? name
        let questions = RunQuestions(database: database, output: output)
        if kind == .run { return try await questions.runs(name, client: client, limit: limit) }
        if kind == .finding {
            guard name == nil else {
                throw CommandFailure.words("findings have no names", mend: "leave '\(name ?? "")' out")
            }
            return try await questions.findings(client: client, limit: limit)
        }
        if kind == .worker {
            return try await WorkerQuestion(name: name, isAll: false).answer(database, output)
        }
        let list = GetList(name: name, client: client, limit: limit)
        try await database.withStore { store in
            let answer = try await list.answer(kind, from: store)
            if let name, answer.isEmpty {
                throw CommandFailure.unknown(kind.rawValue, name, known: try await list.names(of: kind, in: store))
            }
            try answer.show(output)
        }
    }
}
