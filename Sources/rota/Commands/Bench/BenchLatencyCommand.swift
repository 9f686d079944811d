import ArgumentParser
import Recurrence
import Reports

struct BenchLatencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency", abstract: "How long it takes from the enqueueing of a run to its start.",
        discussion: """
            From just before the enqueueing is committed to the moment when a worker with its usual settings begins the \
            work. Ten runs come first that are not counted.
            """)

    @Option(help: "How many runs.") var runs = 300
    @Option(help: ArgumentHelp("How long after one the next is enqueued.", valueName: "span")) var every: BenchSpan =
        BenchSpan(duration: .milliseconds(100))
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if !(1...1_000_000).contains(runs) { throw ValidationError("--runs is 1 to 1000000, not \(runs)") }
    }

    func run() async throws {
        let bench = BenchLatency(runs: Int64(runs), every: every.duration)
        let figures = try await database.withBench(connections: 2) { try await bench.run(on: $0) }
        try output.show(figures.json, table: figures.table, empty: "")
    }
}

/// A span that may be shorter than a second: `50ms`, `2s`.
struct BenchSpan: ExpressibleByArgument {
    var duration: Duration
    var defaultValueDescription: String { "\(duration / .milliseconds(1))ms" }

    init(duration: Duration) { self.duration = duration }

    init?(argument: String) {
        if argument.hasSuffix("ms"), let number = Int64(argument.dropLast(2)), (1...60_000).contains(number) {
            duration = .milliseconds(number)
        } else if let span = Span(argument), span.elapsed > .zero, span.elapsed <= .seconds(60) {
            duration = span.elapsed
        } else {
            return nil
        }
    }
}

/// What came of it.
struct LatencyFigures: Sendable {
    /// The shortest first.
    private let latencies: [Duration]

    init(_ latencies: [Duration]) { self.latencies = latencies.sorted() }

    /// The latency that so many of a hundred do not exceed (nearest rank), in milliseconds.
    func percentile(_ percent: Double) -> Double {
        let rank = Int((percent / 100 * Double(latencies.count)).rounded(.up))
        let value = latencies[max(0, min(latencies.count, rank) - 1)] / .milliseconds(1)
        return (value * 1000).rounded() / 1000
    }

    var json: JSONValue {
        [
            "runs": JSONValue(Int64(latencies.count)), "p50Ms": .number(percentile(50)),
            "p99Ms": .number(percentile(99)), "maxMs": .number(percentile(100)),
        ]
    }

    var table: Table {
        var table = Table([
            Table.Column("runs", .right), Table.Column("p50 ms", .right), Table.Column("p99 ms", .right),
            Table.Column("most ms", .right),
        ])
        table.add(
            [Table.Cell(latencies.count)] + [50, 99, 100].map { Table.Cell("\(percentile($0))") })
        return table
    }
}
