import ArgumentParser
import Manifest
import Store

/// What is done with assets by the hundred.
struct AssetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assets", abstract: "Take assets over from another inventory.",
        subcommands: [ImportAssetsCommand.self])
}

/// Imports assets from a file.
struct ImportAssetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import assets from a file: all of them, or none.",
        discussion: """
            CSV with the columns name, client, is, label.KEY and fact.KEY, or JSON lines with the fields of an Asset \
            (name, client, is, labels, facts). What is not in the file stays as it is. '-' reads standard input.
            """)

    @Argument(help: ArgumentHelp("The file.", valueName: "file"))
    var file: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (file, who) = (file, actor.actor)
        let list = try await Progress.showing("reading \(file)") { _ in
            AssetList(bytes: try InputFile.read(file), file: file == "-" ? "standard input" : file)
        }
        try Self.refuse(list.problems)
        let result = try await database.withStore { store in
            try await Progress.showing("importing \(Words.count(list.entries.count, "asset"))") { _ in
                try await Self.importing(list, to: store, actor: who)
            }
        }
        guard output.isForPeople else { return try output.show(try .init(encoding: result)) }
        try StandardOutput.line(
            "\(Words.count(list.entries.count, "asset")): \(result.created) created, \(result.changed) changed, "
                + "\(result.unchanged) unchanged")
    }

    private static func importing(_ list: AssetList, to store: Store, actor: String) async throws -> ImportResult {
        do {
            return try await store.importAssets(list.entries.map(\.asset), actor: actor)
        } catch let refused as ImportRefused {
            try refuse(
                refused.reasons.map { reason in
                    Problem(
                        file: list.file, line: list.entries[reason.index].line, column: 1, message: reason.message,
                        hint: reason.hint)
                })
            throw refused
        }
    }

    /// Tells what is wrong, line by line, and ends the command if anything is.
    private static func refuse(_ problems: [Problem]) throws {
        guard !problems.isEmpty else { return }
        for problem in problems.prefix(1000) { StandardError.line(problem.description) }
        if problems.count > 1000 { StandardError.line("and \(problems.count - 1000) more") }
        StandardError.line("\(Words.count(problems.count, "problem")); nothing was imported")
        throw ExitStatus.failed
    }
}
