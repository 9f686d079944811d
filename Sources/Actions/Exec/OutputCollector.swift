import Model

/// Takes a command's whole output in bounded memory: keeps its beginning and end, counts and hashes all of it.
struct OutputCollector {
    private var blotter: SecretBlotter
    private var kept = KeptOutput()

    init(secrets: [[UInt8]]) { blotter = SecretBlotter(secrets: secrets) }

    mutating func take(_ piece: UnsafeRawBufferPointer) {
        blotter.take(piece) { kept.take($0) }
    }

    mutating func finish() -> Collected {
        blotter.finish { kept.take($0) }
        return kept.collected()
    }
}

struct Collected: Sendable {
    var output: CapturedOutput
    var lastLine: LastLine
}
