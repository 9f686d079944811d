import Postgres
import Synchronization

/// Whoever decides about runs of which nobody knows how they ended: one was done, the next is to be done once more.
final class Person: Sendable {
    struct Decision: Sendable {
        var run: Int64
        /// Whether it is to be done once more; otherwise it counts as done.
        var isRetry: Bool
        var ending: ServiceProcess.Ending
        var lines: [String]
        /// Whether it was carried out, or nobody knows.
        var mayBeSo: Bool { ending == .exited(0) || lines.contains { $0.contains("nobody knows") } }
    }

    private struct State {
        var decisions: [Decision] = []
        var isClosed = false
    }

    private let stage: Stage
    private let state = Mutex(State())

    init(stage: Stage) { self.stage = stage }

    var decisions: [Decision] { state.withLock(\.decisions) }

    /// Looks again and again until it is closed.
    func work() async throws {
        while !state.withLock(\.isClosed) {
            for run in try await held() { try await decide(run) }
            await pause(.milliseconds(400))
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
    }

    private func held() async throws -> [Int64] {
        do {
            return try await stage.reading.heldUnknown()
        } catch let error as PostgresError where error.isConnectionProblem {
            return []
        }
    }

    private func decide(_ run: Int64) async throws {
        let isRetry = run.isMultiple(of: 2)
        let words = isRetry ? ["retry", "\(run)"] : ["complete", "\(run)", "--note", "seen on the host"]
        let answer = try await stage.command("person", words + ["--as", "person"])
        let decision = Decision(run: run, isRetry: isRetry, ending: answer.ending, lines: answer.lines)
        state.withLock { $0.decisions.append(decision) }
    }
}
