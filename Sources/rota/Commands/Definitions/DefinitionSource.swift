import ArgumentParser
import Model
import Recurrence

/// Where definitions come from: manifests, or else the database.
struct DefinitionSource: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp(
            "Definitions from this manifest or folder, and not from the database; may be given several times.",
            valueName: "path"))
    var files: [String] = []
    @OptionGroup var database: DatabaseOptions

    /// The definitions, assets left out unless they are asked for, and the time: the database's where it is asked, else
    /// this machine's.
    func load(assets: Bool = false) async throws -> (Catalogue, now: Instant) {
        guard files.isEmpty else {
            return (Catalogue(try ManifestFiles.read(files).definitions), WallClock.now())
        }
        return try await database.withStore { store in
            (try await store.catalogue(assets: assets), try await store.now())
        }
    }
}
