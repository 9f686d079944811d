import ArgumentParser
import Store

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Asks for a job's work now, in the reactive lane.",
        discussion: """
            On all its targets, or only on those of one client or one asset. Windows are kept to; their freezes and \
            excepted days too, unless --override-freeze says that they are not to hold these runs.
            """)

    @Argument(help: ArgumentHelp("The job.", valueName: "job/name")) var job: JobName
    @Option(help: ArgumentHelp("Only for this client.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Only on this asset.", valueName: "name")) var asset: String?
    @Flag(help: "Go in spite of the window's freezes and excepted days.") var overrideFreeze = false
    @Option(help: ArgumentHelp("Why, for the log of acts; needed with --override-freeze.", valueName: "text"))
    var reason: String?
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if overrideFreeze, reason ?? "" == "" { throw ValidationError("--override-freeze needs a --reason") }
        if !overrideFreeze, reason != nil { throw ValidationError("--reason goes with --override-freeze") }
    }

    func run() async throws {
        let requested = try await database.withStore { store in
            try await store.requireNames(of: RunFilter(client: client, asset: asset))
            switch try await store.requestRuns(
                job: job.name, client: client, asset: asset, overridingFreeze: reason, actor: actor.actor)
            {
            case .requested(let runs): return runs
            case .unknownJob: throw try await store.unknownJob(job.name)
            case .noTarget(let why):
                throw CommandFailure(why, mend: "see 'rota describe job/\(job.name)' for what it works on")
            }
        }
        try StandardOutput.write(requested.map { "\($0.told(job: job.name)): requested\n" }.joined())
    }
}

extension RequestedRun {
    /// What it is, in a few words.
    func told(job: String) -> String {
        let target = asset.map { "\($0) for \(client)" } ?? client
        return PlainText.line("run \(run): \(job) on \(target)")
    }
}
