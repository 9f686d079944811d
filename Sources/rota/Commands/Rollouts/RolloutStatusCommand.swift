import ArgumentParser
import Model
import Recurrence
import Reports
import Store

struct RolloutStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How far rollouts have come, ring by ring.",
        discussion: """
            Those of open occurrences, and the last one of each client, by job, moment and client. Jobs with rings or \
            stopAfter have one. With across: clients they are made 27 hours ahead of their time: 27 of an hourly job.
            """)

    @Argument(help: ArgumentHelp("Only of this job.", valueName: "job/name")) var job: JobName?
    @Option(help: ArgumentHelp("Only for this client.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("How many at most: 1 to 100000.", valueName: "number")) var limit = 100
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    func run() async throws {
        let (list, now) = try await database.withStore { store in
            try await store.requireNames(of: RunFilter(client: client, job: job?.name))
            return (try await store.rollouts(job: job?.name, client: client, limit: limit), try await store.now())
        }
        try output.show(
            JSONValue(rollouts: list), table: .rollouts(list.rollouts, now: now), empty: "There is no rollout.")
        if list.total > list.rollouts.count {
            StandardError.line("the first \(limit) of \(list.total) are shown; --limit shows more")
        }
    }
}

extension Table {
    fileprivate static func rollouts(_ rollouts: [ListedRollout], now: Instant) -> Table {
        var table = Table([
            Column("job", flexible: true), Column("client", flexible: true), Column("due"), Column("state"),
            Column("ring", flexible: true), Column("planned", .right), Column("open", .right),
            Column("succeeded", .right), Column("failed", .right), Column("due at", wide: true),
            Column("what", note: true),
        ])
        for rollout in rollouts {
            for (index, place) in rollout.tally.rings.keys.sorted().enumerated() {
                let ring = rollout.tally.rings[place] ?? RolloutTally.Ring()
                let isFirst = index == 0
                table.add([
                    Cell(isFirst ? rollout.job : nil), Cell(isFirst ? rollout.client ?? "(all)" : nil),
                    Cell(isFirst ? Words.distance(to: rollout.due, from: now) : nil),
                    Cell(isFirst ? rollout.state : nil, style: rollout.isStopped ? .bad : nil),
                    Cell(rollout.rollout.name(ofRing: place)), Cell(ring.planned), Cell(ring.open),
                    Cell(ring.succeeded), Cell(ring.failed, style: ring.failed > 0 ? .bad : nil),
                    Cell(isFirst ? Words.moment(rollout.due) : nil), Cell(isFirst ? rollout.why : nil),
                ])
            }
        }
        return table
    }
}
