import FaultRig

/// What came of all trials, told as a table once the last is over.
actor Ledger {
    static let shared = Ledger()

    private struct Row {
        var seeds = 0
        var landed = 0
        var runs = 0
        var violations = 0
        var recoveries: [Duration] = []
    }

    private var rows: [Fault: Row] = [:]
    private var over: Set<Fault> = []

    /// - Parameter result: nil where the trial itself failed.
    func note(_ fault: Fault, _ result: Trial.Result?) {
        var row = rows[fault] ?? Row()
        row.seeds += 1
        if let result {
            row.landed += result.isLanded ? 1 : 0
            row.runs += result.counts["runs"] ?? 0
            row.violations += result.violations.count
            row.recoveries += [result.recovery].compactMap { $0 }
        }
        rows[fault] = row
    }

    /// No more comes of this fault.
    func close(_ fault: Fault) {
        over.insert(fault)
        guard over.count == Asked.faults.count else { return }
        print("| Fault | Seeds | Landed | Runs | Violations | Taken up again after: p50 | most |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for fault in Asked.faults {
            guard let row = rows[fault] else { continue }
            let sorted = row.recoveries.sorted()
            let (half, most) = (Self.seconds(sorted, 0.5), Self.seconds(sorted, 1))
            print(
                "| \(fault.rawValue) | \(row.seeds) | \(row.landed) | \(row.runs) | \(row.violations) | \(half) | \(most) |"
            )
        }
    }

    private static func seconds(_ sorted: [Duration], _ share: Double) -> String {
        guard let last = sorted.indices.last else { return "-" }
        let tenths = Int((sorted[Int(Double(last) * share)] / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
