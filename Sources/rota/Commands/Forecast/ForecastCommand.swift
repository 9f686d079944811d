import ArgumentParser
import Model
import Recurrence
import Reports

/// What will run when, where it collides, and what fits no window.
struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "What will run when, where it collides, and what fits no window.",
        discussion: """
            Planned by the same function as by schedulers, on a clock of its own; nothing is written. There are taken to \
            be as many workers as there is work, and everything to succeed. How long a run lasts is the median of the \
            job's last runs in 90 days, else what --duration says, its timeout at most. With -f there is no history. Hours \
            are those of UTC.
            """)

    @Option(help: ArgumentHelp("From this instant on, or this span from now.", valueName: "instant"))
    var from: Moment?
    @Option(help: "For so many days, 1 to 400.") var days = 7
    @Option(help: ArgumentHelp("How long a run is taken to last where history does not say.", valueName: "span"))
    var duration = Span(seconds: 600)
    @OptionGroup var source: DefinitionSource
    @Option(name: .shortAndLong, help: ArgumentHelp("How to show the answer.", valueName: "format"))
    var output: ForecastFormat = .table

    func validate() throws {
        guard (1...400).contains(days) else {
            throw ValidationError("--days is 1 to 400")
        }
        guard duration.elapsed > .zero else { throw ValidationError("--duration is at least 1s") }
    }

    func run() async throws {
        let question = try await question()
        let forecast = try await Progress.showing("looking ahead") { progress in
            let days = Int((question.until - question.now).components.seconds / 86_400)
            return try Forecast.make(question) { at, _ in
                progress.count(Int((at - question.now).components.seconds / 86_400), of: days)
            }
        }
        try show(forecast)
    }

    private func question() async throws -> ForecastQuestion {
        let files = source.files
        guard !files.isEmpty else {
            return try await source.database.withStore { store in
                let question = try await store.forecastQuestion(
                    from: { now in self.from?.after(now) ?? now }, days: days, standard: duration.elapsed)
                guard question.from >= question.now else {
                    throw CommandFailure.words(
                        "a forecast of a database begins now, at \(question.now), or later",
                        mend: "what has been is told by 'rota history'")
                }
                return question
            }
        }
        let (catalogue, now) = (Catalogue(try ManifestFiles.read(files).definitions), WallClock.now())
        let from = self.from?.after(now) ?? now
        return ForecastQuestion(
            catalogue: catalogue, now: from, from: from, until: from + .seconds(86_400 * days),
            standard: duration.elapsed)
    }

    private func show(_ forecast: Forecast) throws {
        switch output {
        case .json: try forecast.writeJSON { try StandardOutput.write($0) }
        case .yaml: try StandardOutput.write(forecast.json.yaml())
        case .html: try forecast.writeHTML { try StandardOutput.write($0) }
        case .table, .wide:
            try ForecastText(forecast, on: .output, wide: output == .wide).write { try StandardOutput.write($0) }
        }
    }
}

/// In which form a forecast is shown.
enum ForecastFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, wide, json, yaml, html
}
