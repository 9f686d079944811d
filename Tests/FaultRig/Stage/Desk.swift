import Synchronization

/// Whoever sits at the desk: asks for runs, one after the other, whatever goes on, and keeps what was answered.
final class Desk: Sendable {
    struct Call: Sendable {
        /// Under whose name it was asked; each call has its own.
        var actor: String
        var ending: ServiceProcess.Ending
        var lines: [String]
        var wasAcknowledged: Bool { ending == .exited(0) }
        /// Whether it said that nobody knows what came of it.
        var saidUnknown: Bool { lines.contains { $0.contains("nobody knows") } }
    }

    private struct State {
        var calls: [Call] = []
        var isClosed = false
    }

    private let stage: Stage
    private let state = Mutex(State())

    init(stage: Stage) { self.stage = stage }

    var calls: [Call] { state.withLock(\.calls) }

    /// Asks on until it is closed.
    func work() async throws {
        while !state.withLock(\.isClosed) {
            let actor = "desk-\(calls.count)"
            let answer = try await stage.command(
                actor, ["run", "job/\(Programme.asked)", "--client", "acme", "--as", actor])
            let call = Call(actor: actor, ending: answer.ending, lines: answer.lines)
            state.withLock { $0.calls.append(call) }
            await pause(.milliseconds(400))
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
    }
}
