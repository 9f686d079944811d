import ArgumentParser
import Recurrence
import Store

struct WorkersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workers",
        abstract: "Which workers are alive or silent, on what, since when, and with what in hand.",
        discussion: """
            The same as 'rota get workers'. A worker is alive that was heard of in the last 45s. One that was not, and \
            did not say goodbye, is shown as silent for a day, unless it was started again on its host, and as long as \
            it has not given back what it had in hand. -o wide and -o json show the runs.
            """)

    @Argument(help: ArgumentHelp("Only workers of this name.", valueName: "name")) var name: String?
    @Flag(
        name: .customLong("all"),
        help: "Also those that ended or were started again in the last day, and that fell silent in the last 30 days.")
    var isAll = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await WorkerQuestion(name: name, isAll: isAll).answer(database, output)
    }
}

/// Which workers are asked after.
struct WorkerQuestion: Sendable {
    /// How far back `--all` looks for those that have gone, and for those that fell silent.
    private static let (lately, month): (Duration, Duration) = (.seconds(86_400), .seconds(30 * 86_400))

    var name: String?
    var isAll: Bool

    /// - Throws: `CommandFailure` with the nearest names where there is none of the name that was asked for.
    func answer(_ database: DatabaseOptions, _ output: OutputOptions) async throws {
        try await database.withStore { store in
            let answer = try await WorkerAnswer.load(
                named: name, silent: isAll ? Self.month : Self.lately, gone: isAll ? Self.lately : nil, from: store)
            if let name, answer.workers.isEmpty { throw try await store.unknownWorker(name) }
            try output.show(
                answer.json, table: .workers(answer), empty: "No worker is alive, and none fell silent lately.")
        }
    }
}

/// The workers that there are, with what they have in hand.
struct WorkerAnswer: Sendable {
    var workers: [ListedWorker]
    /// By the worker's number.
    var inHand: [Int64: [RunInHand]]
    var now: Instant

    static func load(
        named name: String?, silent: Duration = .seconds(86_400), gone: Duration? = nil, from store: Store
    ) async throws -> WorkerAnswer {
        let workers = try await store.workers(named: name, silent: silent, gone: gone)
        let busy = workers.filter { $0.going > 0 }.map(\.id)
        return WorkerAnswer(
            workers: workers, inHand: busy.isEmpty ? [:] : try await store.runsInHand(of: busy),
            now: try await store.now())
    }
}

extension Store {
    /// The failure of a call that names a worker that is not there.
    func unknownWorker(_ name: String) async throws -> CommandFailure {
        .unknown("worker", name, known: try await workers().map(\.name))
    }
}
