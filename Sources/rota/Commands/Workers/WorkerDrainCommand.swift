import ArgumentParser
import Model
import Store

/// Has workers take no more, and end once what they have in hand is done.
struct WorkerDrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Have the workers of a name finish what they have, and end.",
        discussion: """
            All that are alive under the name do as after SIGTERM: they take no more, finish what they have in hand \
            within their drain time, hand the rest back, and end with exit code 0. What is started again under that \
            name afterwards works. See 'rota workers' for the names.
            """)

    @Argument(help: ArgumentHelp("The workers' name.", valueName: "name")) var name: String
    @Option(help: ArgumentHelp("Why, for the log of acts.", valueName: "text")) var reason: String?
    @Flag(help: "Wait until they have gone. Ctrl-C ends the waiting, and not the drain.") var wait = false
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if reason?.isEmpty ?? false { throw ValidationError("--reason needs some words") }
    }

    func run() async throws {
        try await database.withStore { store in
            let workers = try await store.drain(worker: name, reason: reason, actor: actor.actor)
            guard !workers.isEmpty else { throw try await store.unknownWorker(name) }
            for worker in workers {
                try tell(worker, "draining, with \(Words.count(Int(worker.going), "run")) in hand")
            }
            if wait { try await waitForEnd(of: workers, in: store) }
        }
    }

    private func waitForEnd(of workers: [DrainingWorker], in store: Store) async throws {
        var left = workers
        var silent: [DrainingWorker] = []
        while true {
            let states = try await store.states(ofWorkers: left.map(\.id))
            for worker in left where states[worker.id] == .ended { try tell(worker, "gone") }
            silent += left.filter { states[$0.id] == .silent }
            left.removeAll { !(states[$0.id]?.isAlive ?? false) }
            if left.isEmpty { break }
            try await ContinuousClock().sleep(for: .milliseconds(500))
        }
        guard let first = silent.first else { return }
        throw CommandFailure(
            "worker \(name) on \(first.host) fell silent before it was done",
            mend: "its runs are given to others once their leases have run out; see 'rota workers --all'")
    }

    private func tell(_ worker: DrainingWorker, _ words: String) throws {
        try StandardOutput.line(PlainText.line("worker \(name) on \(worker.host): \(words)"))
    }
}
