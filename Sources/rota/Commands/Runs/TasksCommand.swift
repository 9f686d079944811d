import ArgumentParser
import Recurrence
import Reports
import Store

struct TasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "What waits for people: tasks to complete, reminders to acknowledge, and what is to be decided.",
        discussion: """
            The most urgent first. 'rota why RUN' shows a task's whole checklist, 'rota complete' ends it. To be decided \
            are rollouts that have stopped, and runs that must not be repeated ('repeatable: false') of which nobody \
            knows how they ended; each says by which commands.
            """)

    @Option(
        name: .customLong("for"), help: ArgumentHelp("Only what waits for this person or group.", valueName: "name"))
    var assignee: String?
    @OptionGroup var filters: ListFilters
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let (page, now) = try await database.withStore { store in
            let filter = try await filters.filter(in: store)
            var page = try await store.tasks(filter, assignee: assignee)
            if assignee == nil { page.rows = try await store.stoppedRollouts(filter) + page.rows }
            return (page, try await store.now())
        }
        try output.show(JSONValue(tasks: page.rows), table: .tasks(page.rows, now: now), empty: "Nobody has a task.")
        filters.tellMore(page.hasMore)
    }
}

extension Table {
    static func tasks(_ rows: [TaskRow], now: Instant) -> Table {
        var table = Table([
            Column("run", .right), Column("for", flexible: true), Column("due by"), Column("client", flexible: true),
            Column("job", flexible: true), Column("asset", flexible: true), Column("since", wide: true),
            Column("due at", wide: true), Column("what", note: true),
        ])
        for row in rows {
            let isLate = row.dueBy.map { $0 < now } ?? false
            let what = row.checklist.isEmpty ? [row.summary].compactMap { $0 } : row.checklist
            table.add([
                Cell(row.run), Cell(row.assignee ?? (row.kind.isDecision ? "(decide)" : "(acknowledge)")),
                Cell(row.dueBy.map { Words.distance(to: $0, from: now) }, style: isLate ? .bad : nil),
                Cell(row.client), Cell(row.job), Cell(row.asset), Cell(Words.moment(row.since)),
                Cell(Words.moment(row.due)), Cell(what.isEmpty ? nil : what.joined(separator: "; ")),
            ])
        }
        return table
    }
}
