import Glibc
import TestSupport

/// How many trials take place at once: each has a dozen processes that have to come to their turn in time.
enum Places {
    static let all = Turnstile(getenv("ROTA_AT_ONCE").flatMap { Int(String(cString: $0)) } ?? 4)
}
