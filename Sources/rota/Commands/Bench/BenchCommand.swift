import ArgumentParser

/// What a database and this machine can do.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure what this database and this machine can do.",
        discussion: """
            The runs stand in a queue and a month of their own, and do nothing; all of them are removed at the end, or by \
            the next benchmark where this one is killed. Other work goes on meanwhile, and slower: both take from the \
            same database. An administrator's login is needed.
            """,
        subcommands: [BenchDrainCommand.self, BenchLatencyCommand.self])
}
