import Recurrence

@testable import Model

/// An occurrence of an assignment, by its place in the world's list.
struct OccurrenceKey: Hashable, Sendable {
    var assignment: Int
    var due: Instant
}

/// A target of an assignment, by its place in the world's list.
struct TargetKey: Hashable, Sendable {
    var assignment: Int
    var target: Int64?
}

/// What became of a ring in the end.
struct RingEnd: Sendable {
    var openRuns = 0
    var succeeded = false
    /// When the last of its runs that are over has ended.
    var last: Instant?

    mutating func note(_ run: WorldRun) {
        guard case .done(let state, let at) = run.place else {
            openRuns += 1
            return
        }
        last = max(last ?? at, at)
        succeeded = succeeded || state == .succeeded
    }
}
