import ArgumentParser
import Model
import Recurrence
import Reports
import Store

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "What is going on: open runs, and those finished in the last 24 hours.",
        discussion: "--since and --until are moments at which runs are due; with --since, finished runs go back to it.")

    @OptionGroup var filters: ListFilters
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let (page, now) = try await database.withStore { store in
            let filter = try await filters.filter(in: store)
            let now = try await store.now()
            return (try await store.runs(filter, lately: filter.since ?? now - .seconds(86_400)), now)
        }
        try output.show(JSONValue(runs: page.rows), table: .runs(page.rows, now: now), empty: "Nothing is going on.")
        filters.tellMore(page.hasMore)
    }
}

extension Table {
    static func runs(_ rows: [RunRow], now: Instant) -> Table {
        var table = Table([
            Column("run", .right), Column("job", flexible: true), Column("client", flexible: true),
            Column("asset", flexible: true), Column("lane", wide: true), Column("state"), Column("due", wide: true),
            Column("since"), Column("worker", flexible: true), Column("attempts", .right, wide: true),
            Column("exit", .right, wide: true), Column("due at", wide: true), Column("why", flexible: true, wide: true),
        ])
        for row in rows {
            table.add([
                Cell(row.run), Cell(row.job), Cell(row.client), Cell(row.asset), Cell(row.lane.rawValue),
                .state(row.standing), Cell(Words.distance(to: row.due, from: now)),
                Cell(Words.distance(to: row.standing.since, from: now)), Cell(row.worker), Cell(row.attempts),
                Cell(row.exitCode), Cell(Words.moment(row.due)), Cell(row.standing.words),
            ])
        }
        return table
    }
}
