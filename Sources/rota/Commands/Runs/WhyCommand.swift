import ArgumentParser
import Model
import Reports
import Store

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "What a run or a job waits for, since when, and when it can next go.")

    /// What may be asked about.
    enum Subject: ExpressibleByArgument, Hashable {
        case run(RunNumber)
        case job(JobName)

        init?(argument: String) {
            if let run = RunNumber(argument: argument) {
                self = .run(run)
            } else if let job = JobName(argument: argument) {
                self = .job(job)
            } else {
                return nil
            }
        }
    }

    @Argument(help: ArgumentHelp("A run's number, or job/NAME.", valueName: "run or job/name")) var subject: Subject
    @Option(help: ArgumentHelp("Of a job: only at this client.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Of a job: only what is open on this asset.", valueName: "name")) var asset: String?
    @Option(help: ArgumentHelp("Of a job: how many open runs at most.", valueName: "number")) var limit = 20
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    func run() async throws {
        switch subject {
        case .run(let run):
            guard let report = try await database.withStore({ try await $0.why(run: run.number) }) else {
                throw CommandFailure.unknown(run: run)
            }
            guard output.isForPeople else { return try output.show(report.json) }
            try StandardOutput.write(report.text(on: .output))
        case .job(let job):
            try await show(job.name)
        }
    }

    private func show(_ job: String) async throws {
        let report = try await database.withStore { store in
            try await store.requireNames(of: RunFilter(client: client, asset: asset))
            guard let report = try await store.why(job: job, client: client, asset: asset, limit: limit) else {
                throw try await store.unknownJob(job)
            }
            return report
        }
        guard output.isForPeople else { return try output.show(report.json) }
        try StandardOutput.write(report.text(on: .output, wide: output.isWide))
        for problem in report.problems { StandardError.line("rota why: \(PlainText.line(problem))") }
        if report.hasMore { StandardError.line("the first \(limit) open runs are shown; --limit shows more") }
    }
}
