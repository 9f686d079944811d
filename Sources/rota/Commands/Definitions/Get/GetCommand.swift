import ArgumentParser
import Model
import Recurrence
import Store

/// Lists things of a kind, or shows one.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "List jobs, clients, windows, calendars, assets, workers, runs, findings, waivers or pauses.",
        discussion: """
            With -o yaml, definitions are written as manifests that can be applied again. A selector of assets has terms \
            that must all hold, with commas between: os=linux, ring!=canary (also where there is no such label), \
            'site in (vancouver, calgary)', notin, ha and !ha (whether there is such a label), and of facts: \
            'purchased before 5y', after, 'warrantyUntil within 60d' (or over already), 'ram >= 16', \
            'warrantyUntil < 2026-12-31', fact.model=T340. name, client, is and endpoint are the asset's own.
            """)

    @Argument(
        help: ArgumentHelp(
            "jobs, clients, windows, calendars, assets, workers, runs, findings, waivers or pauses.", valueName: "kind")
    )
    var kind: String
    @Argument(help: ArgumentHelp("Only this one.", valueName: "name"))
    var name: String?
    @Option(help: "Only this client's assets, runs, findings, waivers or pauses.") var client: String?
    @Option(
        name: [.customShort("l"), .long],
        help: ArgumentHelp("Only the assets that it means: 'os=linux, purchased before 5y'.", valueName: "selector"))
    var selector: String?
    @Option(help: "How many assets, runs, findings, waivers or pauses at most: 1 to 100000.") var limit = 100
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    func run() async throws {
        let object = name == nil ? ObjectName(kind) : nil
        let kind = try KindWord.parse(object?.kind ?? kind)
        let name = object?.name ?? name
        let selector = try selector(of: kind)
        let questions = RunQuestions(database: database, output: output)
        if kind == .run { return try await questions.runs(name, client: client, limit: limit) }
        if kind == .finding || kind == .waiver || kind == .pause {
            guard name == nil else {
                throw CommandFailure.words("\(kind.plural) have no names", mend: "leave '\(name ?? "")' out")
            }
            if kind == .finding { return try await questions.findings(client: client, limit: limit) }
        }
        if kind == .worker {
            return try await WorkerQuestion(name: name, isAll: false).answer(database, output)
        }
        let list = GetList(name: name, client: client, selector: selector, limit: limit)
        try await database.withStore { store in
            let answer = try await list.answer(kind, from: store)
            if let name, answer.isEmpty {
                throw CommandFailure.unknown(kind.rawValue, name, known: try await list.names(of: kind, in: store))
            }
            try answer.show(output)
        }
    }

    private func selector(of kind: KindWord) throws -> Selector? {
        guard let text = selector else { return nil }
        guard kind == .asset else {
            throw CommandFailure.words(
                "a selector chooses assets, and these are \(kind.rawValue)s", mend: "leave it out")
        }
        do throws(RuleError) {
            return try Selector(parsing: text)
        } catch {
            throw CommandFailure.selector(text, error)
        }
    }
}
