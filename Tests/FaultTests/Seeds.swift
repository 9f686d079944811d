import FaultRig
import Glibc

/// Which seeds are tried: one, or twenty in the long form; `ROTA_SEED` names another.
enum Seeds {
    static var all: [UInt64] { asked.map { [$0] } ?? (Soak.isAsked ? Array(1...20) : [1]) }

    private static var asked: UInt64? { getenv("ROTA_SEED").flatMap { UInt64(String(cString: $0)) } }
}
