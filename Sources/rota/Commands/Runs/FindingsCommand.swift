import ArgumentParser
import Recurrence
import Reports
import Store

struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "What runs found wrong, the gravest first.",
        discussion: "A finding stays open until a later run of its job no longer finds it.")

    @Flag(help: "Closed ones too.") var all = false
    @OptionGroup var filters: ListFilters
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let (page, now) = try await database.withStore { store in
            let filter = try await filters.filter(in: store)
            return (try await store.findings(filter, closed: all), try await store.now())
        }
        try output.show(
            JSONValue(findings: page.rows), table: .findings(page.rows, now: now), empty: "No finding is open.")
        filters.tellMore(page.hasMore)
    }
}

extension Table {
    static func findings(_ rows: [FindingRow], now: Instant) -> Table {
        var table = Table([
            Column("severity"), Column("client", flexible: true), Column("asset", flexible: true),
            Column("job", flexible: true), Column("found"), Column("seen", wide: true), Column("closed", wide: true),
            Column("run", .right), Column("finding", note: true),
        ])
        for row in rows {
            let style: Style? =
                switch row.severity {
                case .critical: .bad
                case .warning: .warning
                case .info: nil
                }
            table.add([
                Cell(row.severity.rawValue, style: style), Cell(row.client), Cell(row.asset), Cell(row.job),
                Cell(Words.distance(to: row.foundAt, from: now)), Cell(Words.distance(to: row.seenAt, from: now)),
                Cell(row.closedAt.map { Words.distance(to: $0, from: now) }), Cell(row.lastRun), Cell(row.text),
            ])
        }
        return table
    }
}
