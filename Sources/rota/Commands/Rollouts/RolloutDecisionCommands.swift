import ArgumentParser
import Store

/// Which rollouts a person decides about.
struct RolloutChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The job.", valueName: "job/name")) var job: JobName
    @Option(help: ArgumentHelp("Only that of this client.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Why, for the log of acts.", valueName: "text")) var reason: String = "no reason given"

    func validate() throws {
        if reason.isEmpty { throw ValidationError("--reason needs some words") }
    }
}

struct RolloutResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets rollouts that have stopped go on.",
        discussion: """
            What has failed so far is forgiven: stopAfter counts anew from now, and a ring without a success is passed.
            """)

    @OptionGroup var choice: RolloutChoice
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withStore { store in
            try await store.requireNames(of: RunFilter(client: choice.client))
            let result = try await store.resumeRollouts(
                job: choice.job.name, client: choice.client, reason: choice.reason, actor: actor.actor)
            try await choice.tell(result, in: store, nothing: "has no rollout that is stopped") { rollout, _ in
                "\(rollout.told): goes on"
            }
        }
    }
}

struct RolloutAbortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort", abstract: "Ends open rollouts: what has not started is cancelled.",
        discussion: "What is going goes on to its end. One that was made ahead is left alone until it is due.")

    @OptionGroup var choice: RolloutChoice
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withStore { store in
            try await store.requireNames(of: RunFilter(client: choice.client))
            let result = try await store.abortRollouts(
                job: choice.job.name, client: choice.client, reason: choice.reason, actor: actor.actor)
            try await choice.tell(result, in: store, nothing: "has no rollout that has begun and is open") {
                rollout, cancelled in
                "\(rollout.told): aborted\(cancelled.map { ", \(Words.count($0, "run")) cancelled" } ?? "")"
            }
        }
    }
}

extension RolloutChoice {
    /// - Parameter line: of one rollout; the number of cancelled runs goes with the last.
    fileprivate func tell(
        _ result: RolloutResult, in store: Store, nothing: String, line: (ListedRollout, Int?) -> String
    ) async throws {
        switch result {
        case .decided(let rollouts, let cancelled):
            for (index, rollout) in rollouts.enumerated() {
                try StandardOutput.line(PlainText.line(line(rollout, index == rollouts.count - 1 ? cancelled : nil)))
            }
        case .nothing:
            throw CommandFailure("job \(job.name) \(nothing)", mend: "see 'rota rollout status \(job.name)'")
        case .unknownJob: throw try await store.unknownJob(job.name)
        }
    }
}

extension ListedRollout {
    /// `rollout of patch at acme, due 2026-…`
    fileprivate var told: String {
        "rollout of \(job)\(client.map { " at \($0)" } ?? " over all clients"), due \(Words.moment(due))"
    }
}
