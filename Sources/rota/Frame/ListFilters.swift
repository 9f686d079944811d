import ArgumentParser
import Model
import Recurrence
import Store

/// What every list may be narrowed by.
struct ListFilters: ParsableArguments {
    @Option(help: ArgumentHelp("Only this client's.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Only of this job.", valueName: "name")) var job: JobName?
    @Option(help: ArgumentHelp("Only on this asset.", valueName: "name")) var asset: String?
    @Option(help: ArgumentHelp("Only in this state; may be given several times.", valueName: "state"))
    var state: [RunState] = []
    @Option(help: "Only of this lane.") var lane: Lane?
    @Option(help: ArgumentHelp("Not before: 2026-02-15T10:00:00Z, or a span ago such as 24h.", valueName: "moment"))
    var since: Moment?
    @Option(help: ArgumentHelp("Before: an instant, or a span ago.", valueName: "moment"))
    var until: Moment?
    @Option(help: ArgumentHelp("How many at most: 1 to 100000.", valueName: "number")) var limit = 100

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000, not \(limit)") }
    }

    /// - Parameter now: what `--since 24h` counts from.
    func filter(now: Instant) -> RunFilter {
        RunFilter(
            client: client, job: job?.name, asset: asset, states: state, lane: lane,
            since: since?.before(now), until: until?.before(now), limit: limit)
    }

    /// The filter by the database's time, of which all names are known.
    ///
    /// - Throws: `CommandFailure` where it names something that is not there.
    func filter(in store: Store) async throws -> RunFilter {
        let filter = filter(now: try await store.now())
        try await store.requireNames(of: filter)
        return filter
    }

    /// Says that the list goes on, where it does: beside the answer, so that it is no row of it.
    func tellMore(_ hasMore: Bool, of total: Int? = nil) {
        guard hasMore else { return }
        let all = total.map { " of \($0)" } ?? ""
        StandardError.line("the first \(limit)\(all) are shown; --limit shows more")
    }
}

extension RunState: ExpressibleByArgument {}
extension Lane: ExpressibleByArgument {}
