import FaultRig

enum Report {
    static func print(_ fault: Fault, _ seed: UInt64, _ result: Trial.Result) {
        let counts = result.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let recovery = result.recovery.map { "\($0)" } ?? "-"
        Swift.print("fault \(fault.rawValue), seed \(seed): taken up again after \(recovery); \(counts)")
        for violation in result.violations.prefix(10) { Swift.print("  \(violation)") }
    }

    static func print(_ sabotage: Sabotage, _ result: Trial.Result) {
        let found = Dictionary(grouping: result.violations) { "\($0.promise)" }.mapValues(\.count)
        Swift.print("\(sabotage.rawValue): noticed \(found.sorted { $0.key < $1.key })")
    }
}
