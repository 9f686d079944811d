import ArgumentParser
import Model
import Recurrence
import Store

/// What every list may be narrowed by.
struct ListFilters: ParsableArguments {
    @Option(help: "Only this client's.") var client: String?
    @Option(help: "Only of this job.") var job: String?
    @Option(help: "Only on this asset.") var asset: String?
    @Option(help: ArgumentHelp("Only in this state; may be given several times.", valueName: "state"))
    var state: [RunState] = []
    @Option(help: "Only of this lane.") var lane: Lane?
    @Option(help: ArgumentHelp("Not before: 2026-02-15T10:00:00Z, or a span ago such as 24h.", valueName: "moment"))
    var since: Moment?
    @Option(help: ArgumentHelp("Before: an instant, or a span ago.", valueName: "moment"))
    var until: Moment?
    @Option(help: "How many at most: 1 to 100000.") var limit = 100

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    /// - Parameter now: what `--since 24h` counts from.
    func filter(now: Instant) -> RunFilter {
        RunFilter(
            client: client, job: job.map(ObjectName.job), asset: asset, states: state, lane: lane,
            since: since?.before(now), until: until?.before(now), limit: limit)
    }
}

extension RunState: ExpressibleByArgument {}
extension Lane: ExpressibleByArgument {}
