import ArgumentParser
import Store

struct CompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: "A person's task is done, or a reminder acknowledged.",
        discussion: "'rota tasks' shows what waits. Files given as evidence are kept with the run, 16 MiB each at most."
    )

    @Argument(help: ArgumentHelp("The run's number.", valueName: "run")) var run: RunNumber
    @Option(help: ArgumentHelp("What was done, in a few words.", valueName: "text")) var note: String
    @Option(help: ArgumentHelp("A file that shows it; may be given several times.", valueName: "file"))
    var evidence: [String] = []
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if note.isEmpty { throw ValidationError("--note needs some words") }
    }

    func run() async throws {
        let number = run.number
        let files = try evidence.map { try EvidenceFile.read($0) }
        let result = try await database.withStore { store in
            try await store.complete(run: number, note: note, evidence: files, actor: actor.actor)
        }
        switch result {
        case .completed:
            let kept = files.isEmpty ? "" : ", with \(Words.count(files.count, "file")) of evidence"
            try StandardOutput.line("run \(number): completed\(kept)")
        case .evidenceRequired:
            throw CommandFailure(
                "run \(number) needs evidence", mend: "give the file that shows it with --evidence FILE")
        case .notWaiting(let state):
            throw CommandFailure(
                "run \(number) waits for nobody: it is \(state.rawValue)", mend: "see 'rota tasks' for what waits")
        case .unknown: throw CommandFailure.unknown(run: run)
        }
    }
}
