import ArgumentParser
import Manifest
import Store

/// Imports assets from a file.
struct ImportAssetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import assets from a file: all of them, or none.",
        discussion: """
            CSV with the columns name, client, is, endpoint, label.KEY and fact.KEY, or JSON lines with the fields of an \
            Asset (name, client, is, endpoint, labels, facts). Every line that is wrong is told, and nothing is imported \
            while one is. What is not in the file stays as it is, unless --prune is given with a client: then that \
            client's imported assets that are not in the file are removed, and their runs that nobody has started \
            cancelled; what a manifest defines always stays. '-' reads standard input.
            """)

    @Argument(help: ArgumentHelp("The file.", valueName: "file"))
    var file: String
    @Flag(help: "Remove what was imported of the client, and is not in the file.")
    var prune = false
    @Option(help: ArgumentHelp("Of which client to remove what is not in the file.", valueName: "name"))
    var client: String?
    @Flag(help: "Only say what would be done.")
    var dryRun = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if prune, client == nil { throw ValidationError("--prune removes assets of one client: name it with --client") }
        if !prune, client != nil { throw ValidationError("--client says of whom --prune removes assets: add --prune") }
    }

    func run() async throws {
        let (file, client, dryRun, who) = (file, client, dryRun, actor.actor)
        let list = try await Progress.showing("reading \(file)") { _ in
            AssetList(bytes: try InputFile.read(file), file: file == "-" ? "standard input" : file)
        }
        // Told before the database is asked, which may not be there.
        ImportProblems.tell(list.problems)
        let result = try await database.withStore { store in
            if let client { try await Self.requirePrunable(client, list, in: store) }
            return try await Progress.showing("importing \(Words.count(list.entries.count, "asset"))") { _ in
                try await Self.importing(list, to: store, pruning: client, dryRun: dryRun, actor: who)
            }
        }
        guard output.isForPeople else { return try output.show(ImportedAssets.json(result, isRehearsal: dryRun)) }
        try StandardOutput.write(ImportedAssets.lines(result, isRehearsal: dryRun))
    }

    /// A client that is not there, or of whom the file has nothing, is more likely a slip than the end of a client.
    private static func requirePrunable(_ client: String, _ list: AssetList, in store: Store) async throws {
        try await store.requireNames(of: RunFilter(client: client))
        guard list.problems.isEmpty, !list.entries.contains(where: { $0.asset.client == client }) else { return }
        throw CommandFailure(
            "it has no asset of client '\(client)', so that --prune would remove all that it ever imported",
            mend: "name the client of the file", at: list.file)
    }

    private static func importing(
        _ list: AssetList, to store: Store, pruning client: String?, dryRun: Bool, actor: String
    ) async throws -> ImportResult {
        let assets = list.entries.map(\.asset)
        do {
            guard list.problems.isEmpty else {
                throw ImportRefused(reasons: try await store.importRefusals(of: assets))
            }
            return try await store.importAssets(assets, pruning: client, dryRun: dryRun, actor: actor)
        } catch let refused as ImportRefused {
            let further = ImportProblems.problems(refused, of: list)
            ImportProblems.tell(further)
            StandardError.line(
                "\(Words.count(list.problems.count + further.count, "problem")); nothing was imported")
            throw ExitStatus.failed
        }
    }
}
