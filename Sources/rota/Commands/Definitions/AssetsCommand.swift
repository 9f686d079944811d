import ArgumentParser

/// What is done with assets by the hundred.
struct AssetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assets", abstract: "Take assets over from another inventory.",
        subcommands: [ImportAssetsCommand.self])
}
