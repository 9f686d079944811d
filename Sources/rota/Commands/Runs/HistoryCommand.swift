import ArgumentParser
import Recurrence
import Reports
import Store

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What went on: finished runs, the newest first.",
        discussion: "--since and --until are moments at which runs were finished.")

    @OptionGroup var filters: ListFilters
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let (page, now) = try await database.withStore { store in
            (try await store.history(try await filters.filter(in: store)), try await store.now())
        }
        try output.show(JSONValue(runs: page.rows), table: .history(page.rows, now: now), empty: "Nothing is finished.")
        filters.tellMore(page.hasMore)
    }
}

extension Table {
    static func history(_ rows: [RunRow], now: Instant) -> Table {
        var table = Table([
            Column("run", .right), Column("job", flexible: true), Column("client", flexible: true),
            Column("asset", flexible: true), Column("lane", wide: true), Column("state"), Column("finished"),
            Column("took", .right), Column("worker", flexible: true, wide: true),
            Column("attempts", .right, wide: true), Column("exit", .right), Column("due at", wide: true),
            Column("finished at", wide: true), Column("reason", note: true),
        ])
        for row in rows {
            let took = row.startedAt.flatMap { start in row.finishedAt.map { $0 - start } }
            table.add([
                Cell(row.run), Cell(row.job), Cell(row.client), Cell(row.asset), Cell(row.lane.rawValue),
                .state(row.standing), Cell(row.finishedAt.map { Words.distance(to: $0, from: now) }),
                Cell(took.map(Words.span)), Cell(row.worker), Cell(row.attempts), Cell(row.exitCode),
                Cell(Words.moment(row.due)), Cell(row.finishedAt.map(Words.moment)), Cell(row.standing.words),
            ])
        }
        return table
    }
}
