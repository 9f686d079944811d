import ArgumentParser
import Manifest
import Store

/// Makes the database as the manifests say.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the database as the manifests say, in one transaction.",
        discussion: """
            Nothing is applied while anything is wrong. A changed schedule counts from the change: nothing fires for \
            the past.
            """)

    @Argument(help: ArgumentHelp("Manifests, or folders of them.", valueName: "path"))
    var paths: [String]
    @Flag(help: "Remove what is not in these manifests; never what was imported.")
    var prune = false
    @Flag(help: "Only say what would be done.")
    var dryRun = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let read = ManifestReader.read(paths: paths)
        let (prune, dryRun, who) = (prune, dryRun, actor.actor)
        let result = try await database.withStore { store in
            try await Progress.showing("applying") { _ in
                try await ManifestFiles.apply(read, to: store, prune: prune, dryRun: dryRun, actor: who)
            }
        }
        guard output.isForPeople else { return try output.show(AppliedChanges.json(result, next: [:])) }
        try StandardOutput.write(AppliedChanges.lines(result, isRehearsal: dryRun))
    }
}
