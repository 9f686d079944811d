import FaultRig
import Glibc

/// Which faults are tried: all, or those that `ROTA_FAULT` names, with commas between them.
enum Asked {
    static var faults: [Fault] {
        guard let names = getenv("ROTA_FAULT").map({ String(cString: $0).split(separator: ",") }) else {
            return Fault.allCases
        }
        return names.map { name in
            guard let fault = Fault(rawValue: String(name)) else {
                fatalError("ROTA_FAULT: there is no fault '\(name)'")
            }
            return fault
        }
    }
}
