import Model
import Store

/// Tries every verb of a worker again with tokens that are spent. None may be accepted, and nothing may change.
struct Replay: Sendable {
    let store: Store

    /// - Returns: what was accepted.
    func run(_ attempts: [Reading.Attempt]) async throws -> [String] {
        var accepted: [String] = []
        for attempt in attempts where attempt.endedAs == "lost" || attempt.endedAs == "succeeded" {
            let token = attempt.id
            let lie = Outcome(.failed, message: "a stale worker's word")
            let again = EndedAttempt(
                attempt: token, run: attempt.run, due: attempt.due, end: .finished(lie, .finish(.failed)))
            if try await !store.finish(worker: attempt.workerID, [again]).isEmpty {
                accepted.append("attempt \(token) had ended, and was finished again")
            }
            let renewal = try await store.renew(
                worker: attempt.workerID, attempts: [token], length: .seconds(Stage.lease))
            if !renewal.held.isEmpty { accepted.append("attempt \(token) had ended, and was renewed") }
            if try await store.release(worker: attempt.workerID, attempts: [token]) != 0 {
                accepted.append("attempt \(token) had ended, and was handed back")
            }
        }
        return accepted
    }
}
