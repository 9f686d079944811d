import Store
import Synchronization

/// Which sessions waited in the middle of a pipeline when a scheduler looked last.
final class HalfSentWatch: Sendable {
    private let seen = Mutex<Set<HalfSent>>([])

    /// - Returns: those that were ended, as they had waited since the last look.
    func look(_ store: Store) async throws -> [HalfSent] {
        let (waiting, ended) = try await store.endHalfSent(seen.withLock { $0 })
        seen.withLock { $0 = waiting }
        return ended
    }
}
