import Glibc

/// Which seeds are tried.
enum Seeds {
    /// One with `ROTA_SEED`, as many as `ROTA_SEEDS` says, or else as many as usually.
    ///
    /// - Parameter share: one of so many of those that were asked for, where each takes long.
    static func chosen(usually count: UInt64, of share: UInt64 = 1) -> [UInt64] {
        if let one = number("ROTA_SEED") { return [one] }
        return Array(1...max(number("ROTA_SEEDS").map { $0 / share } ?? count, 1))
    }

    /// What a variable of the environment says.
    static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }
}
