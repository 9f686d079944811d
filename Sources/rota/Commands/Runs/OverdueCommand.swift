import ArgumentParser
import Reports
import Store

struct OverdueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overdue", abstract: "What is late, by how much, and why.",
        discussion: """
            Computed from the definitions and the history: what no scheduler has planned is told too. Each target of \
            a job is told once, with the oldest run that nothing has settled. Ends with exit code 3 when something is \
            overdue.
            """)

    @OptionGroup var filters: ListFilters
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let report = try await database.withStore(size: 3) { store in
            try await store.overdue(try await filters.filter(in: store))
        }
        try output.show(report.json, table: .overdue(report), empty: "Nothing is overdue.")
        for problem in report.problems { StandardError.line("rota overdue: \(PlainText.line(problem))") }
        filters.tellMore(report.hasMore, of: report.total)
        if report.total > 0 { throw ExitStatus.no }
    }
}

extension Table {
    static func overdue(_ report: OverdueReport) -> Table {
        var table = Table([
            Column("client", flexible: true), Column("job", flexible: true), Column("asset", flexible: true),
            Column("run", .right), Column("late by", .right), Column("state"), Column("due", wide: true),
            Column("late since", wide: true), Column("why", note: true), Column("next"),
        ])
        for row in report.rows {
            let next = row.explanation.nextChance
            table.add([
                Cell(row.client), Cell(row.job), Cell(row.asset), Cell(row.run),
                Cell(Words.span(row.overdueBy(asOf: report.asOf)), style: .bad),
                Cell(row.state?.rawValue ?? OverdueReport.Row.unplanned), Cell(Words.moment(row.due)),
                Cell(Words.moment(row.late)), Cell(row.explanation.why),
                Cell(next.map { Words.distance(to: $0, from: report.asOf) }),
            ])
        }
        return table
    }
}
