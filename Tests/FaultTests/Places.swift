import Glibc
import TestSupport

/// How many trials take place at once: each has a dozen processes that have to come to their turn in time.
enum Places {
    static let all = Turnstile(asked ?? max(3, sysconf(Int32(_SC_NPROCESSORS_ONLN)) * 3 / 2))

    private static var asked: Int? { getenv("ROTA_AT_ONCE").flatMap { Int(String(cString: $0)) } }
}
