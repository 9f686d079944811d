import Recurrence

extension Forecast {
    /// The shape that `rota forecast -o json` promises, written piece by piece: a year has a million starts.
    public func writeJSON(_ write: (String) throws -> Void) throws {
        try withoutActuallyEscaping(write) { write in try writeJSON(PieceWriter(write)) }
    }

    private func writeJSON(_ writer: consuming PieceWriter) throws {
        var writer = writer
        try writer.add("{\n  \"from\": \(JSONValue(from).json()),\n  \"until\": \(JSONValue(until).json()),\n")
        try writer.add("  \"starts\": [")
        var lines = StartLines(self)
        for (index, start) in starts.enumerated() {
            try writer.add((index == 0 ? "\n    " : ",\n    ") + lines.line(start))
        }
        try writer.add(starts.isEmpty ? "],\n  \"problems\": [" : "\n  ],\n  \"problems\": [")
        for (index, problem) in problems.enumerated() {
            try writer.add((index == 0 ? "\n    " : ",\n    ") + problem.json.json())
        }
        try writer.add(problems.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
        try writer.finish()
    }

    /// The same as a tree.
    public var json: JSONValue {
        [
            "from": JSONValue(from), "until": JSONValue(until), "starts": .array(starts.map(json)),
            "problems": .array(problems.map(\.json)),
        ]
    }

    private func json(_ start: Start) -> JSONValue {
        [
            "client": .text(client(of: start)), "job": .text(job(of: start)), "asset": JSONValue(asset(of: start)),
            "due": JSONValue(start.due), "startsAt": JSONValue(start.startsAt), "endsAt": JSONValue(start.endsAt),
            "ring": JSONValue(start.ring),
        ]
    }
}

extension ForecastProblem {
    var json: JSONValue {
        [
            "kind": .text(kind.rawValue), "client": JSONValue(client), "job": JSONValue(job), "asset": JSONValue(asset),
            "due": JSONValue(due), "reason": .text(reason), "text": .text(text), "other": JSONValue(other),
            "cause": JSONValue(cause),
        ]
    }
}

/// Starts as lines of JSON, the same text as that of the tree: what many of them have alike is made once.
private struct StartLines {
    private let pairs: [String]
    private let assets: [Int64: String]
    private var moments: [Instant: String] = [:]

    init(_ forecast: Forecast) {
        pairs = forecast.assignments.map { assignment in
            "{\"client\":\(JSONValue.quoted(assignment.client)),\"job\":\(JSONValue.quoted(assignment.job)),\"asset\":"
        }
        assets = forecast.assets.mapValues { JSONValue.quoted($0) }
    }

    mutating func line(_ start: Forecast.Start) -> String {
        let asset = start.target.flatMap { assets[$0] } ?? "null"
        var line = pairs[Int(start.assignment)]
        line += asset
        line += ",\"due\":"
        line += text(start.due)
        line += ",\"startsAt\":"
        line += text(start.startsAt)
        line += ",\"endsAt\":"
        line += text(start.endsAt)
        line += ",\"ring\":\(start.ring)}"
        return line
    }

    private mutating func text(_ moment: Instant) -> String {
        if let known = moments[moment] { return known }
        // What starts together stands together, so that little is kept.
        if moments.count > 10_000 { moments.removeAll(keepingCapacity: true) }
        let text = JSONValue(moment).json()
        moments[moment] = text
        return text
    }
}

/// Text that is written in pieces of some size.
private struct PieceWriter {
    private let write: (String) throws -> Void
    private var piece = ""

    init(_ write: @escaping (String) throws -> Void) { self.write = write }

    mutating func add(_ text: String) throws {
        piece += text
        guard piece.utf8.count > 1 << 16 else { return }
        try finish()
    }

    mutating func finish() throws {
        try write(piece)
        piece = ""
    }
}
