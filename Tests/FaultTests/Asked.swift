import FaultRig
import Glibc

/// Which faults and broken databases are tried: all, or those that `ROTA_FAULT` names, with commas between them.
enum Asked {
    static var faults: [Fault] { names.map { $0.compactMap(Fault.init) } ?? Fault.allCases }
    static var sabotages: [Sabotage] { names.map { $0.compactMap(Sabotage.init) } ?? Sabotage.allCases }

    private static var names: [String]? {
        getenv("ROTA_FAULT").map { String(cString: $0).split(separator: ",").map(String.init) }
    }
}
