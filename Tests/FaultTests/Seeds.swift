import FaultRig
import Glibc

/// Which seeds are tried: one, or twenty in the long form; `ROTA_SEED` names another, or a range (`1-5`).
enum Seeds {
    static var all: [UInt64] { asked ?? (Soak.isAsked ? Array(1...20) : [1]) }

    private static var asked: [UInt64]? {
        guard let text = getenv("ROTA_SEED").map({ String(cString: $0) }) else { return nil }
        let ends = text.split(separator: "-").compactMap { UInt64($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        return Array(first...last)
    }
}
