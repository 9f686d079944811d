import ArgumentParser
import Model
import Recurrence
import Reports

/// A month on the terminal.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "A month of each client: windows, freezes, holidays and due jobs.",
        discussion: """
            Days and times are those of the client's own zone. Windows are those that its jobs name, and those that no \
            job names at all. What is told follows from the definitions alone, not from what has happened.
            """)

    @Option(help: "Only of this client.") var client: String?
    @Option(help: ArgumentHelp("Which month, such as 2026-12; else the one of now.", valueName: "month"))
    var month: CalendarMonth?
    @OptionGroup var source: DefinitionSource
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (catalogue, now) = try await source.load()
        let asked = try clients(catalogue)
        let reports: [MonthReport]
        do throws(MonthProblem) {
            reports = try Self.reports(asked, month, now, catalogue)
        } catch {
            throw CommandFailure(error.message, mend: error.hint, at: error.place)
        }
        guard output.isForPeople else {
            return try output.show(["months": .array(reports.map(\.json))])
        }
        guard !reports.isEmpty else { return try StandardOutput.line("There are no clients.") }
        let terminal = Terminal.output
        try StandardOutput.write(
            reports.map { MonthText($0, now: now, terminal: terminal, wide: output.isWide).text }.joined(
                separator: "\n"))
    }

    private func clients(_ catalogue: Catalogue) throws -> [Client] {
        guard let client else { return catalogue.clients.values.sorted { $0.name < $1.name } }
        guard let found = catalogue.clients[client] else {
            throw CommandFailure.unknown("client", client, known: catalogue.clients.keys.sorted())
        }
        return [found]
    }

    static func reports(
        _ clients: [Client], _ month: CalendarMonth?, _ now: Instant, _ catalogue: Catalogue
    ) throws(MonthProblem) -> [MonthReport] {
        var reports: [MonthReport] = []
        for client in clients {
            let month = if let month { month } else { try MonthReport.month(of: client, at: now) }
            reports.append(try MonthReport(month, of: client, in: catalogue))
        }
        return reports
    }
}

extension CalendarMonth: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
