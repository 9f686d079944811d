import ArgumentParser
import Store

/// Tells all that is known of one thing.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Tell all about one job, client, window, calendar, asset, worker or run.")

    @Argument(help: ArgumentHelp("KIND/NAME, such as job/patch-servers.", valueName: "what"))
    var what: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let object = ObjectName(what) else {
            throw CommandFailure.words("'\(what)' is not KIND/NAME", mend: "write job/patch-servers, for instance")
        }
        let kind = try KindWord.parse(object.kind)
        if kind == .run { return try await RunQuestions(database: database, output: output).run(object.name) }
        guard kind != .finding else {
            throw CommandFailure.words("findings have no names", mend: "see 'rota findings'")
        }
        let list = GetList(name: object.name, client: nil, limit: 1)
        try await database.withStore { store in
            let facts = try await DescribedFacts.load(from: store)
            guard let description = try await facts.describe(kind, object.name, from: store) else {
                throw CommandFailure.unknown(
                    kind.rawValue, object.name, known: try await list.names(of: kind, in: store))
            }
            try description.show(output)
        }
    }
}
