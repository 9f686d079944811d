import ArgumentParser
import Reports

struct BenchDrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Enqueue runs that do nothing, and work them off as workers do.",
        discussion: """
            Enqueued are runs as planning makes them, two thousand in a transaction; worked off by workers in this process, \
            each of which ends what it has done and takes the next in one transaction. Figures are of the two phases \
            by themselves; bytes of WAL are what the whole server wrote in the second.
            """)

    @Option(help: "How many runs.") var runs = 100_000
    @Option(help: "How many workers, with a connection for work each.") var connections = 4
    @Option(help: "How many runs a worker has in hand at most: 1 to 1000.") var batch = 400
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if !(1...100_000_000).contains(runs) { throw ValidationError("--runs is 1 to 100000000, not \(runs)") }
        if !(1...64).contains(connections) { throw ValidationError("--connections is 1 to 64, not \(connections)") }
        if !(1...1000).contains(batch) { throw ValidationError("--batch is 1 to 1000, not \(batch)") }
    }

    func run() async throws {
        let bench = BenchDrain(runs: Int64(runs), connections: connections, batch: batch)
        let figures = try await database.withBench(connections: connections) { try await bench.run(on: $0) }
        try output.show(figures.json, table: figures.table, empty: "")
    }
}

/// What came of it.
struct DrainFigures: Sendable {
    var runs: Int64
    var connections: Int
    var batch: Int
    var enqueuing: Duration
    var draining: Duration
    var walBytes: Int64

    private var enqueuedPerSecond: Int64 { Int64(Double(runs) / enqueuing.seconds) }
    private var runsPerSecond: Int64 { Int64(Double(runs) / draining.seconds) }
    private var walBytesPerRun: Int64 { walBytes / runs }

    var json: JSONValue {
        [
            "runs": JSONValue(runs), "enqueuedPerSecond": JSONValue(enqueuedPerSecond),
            "runsPerSecond": JSONValue(runsPerSecond), "walBytesPerRun": JSONValue(walBytesPerRun),
            "connections": JSONValue(Int64(connections)), "batch": JSONValue(Int64(batch)),
        ]
    }

    var table: Table {
        var table = Table([
            Table.Column("runs", .right), Table.Column("enqueued/s", .right), Table.Column("runs/s", .right),
            Table.Column("wal bytes/run", .right), Table.Column("connections", .right), Table.Column("batch", .right),
        ])
        table.add([
            Table.Cell(runs), Table.Cell(enqueuedPerSecond), Table.Cell(runsPerSecond), Table.Cell(walBytesPerRun),
            Table.Cell(connections), Table.Cell(batch),
        ])
        return table
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
