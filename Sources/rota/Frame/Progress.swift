import Synchronization

/// How far a long command is, for whoever waits for it. Its work counts, a spinner on standard error shows.
final class Progress: Sendable {
    private let state: Mutex<(label: String, done: Int, total: Int?)>

    init(_ label: String) { state = Mutex((label, 0, nil)) }

    /// What is being done now.
    func label(_ label: String) { state.withLock { $0 = (label, 0, nil) } }

    /// So many are done, of so many if that is known.
    func count(_ done: Int, of total: Int? = nil) {
        state.withLock {
            $0.done = done
            $0.total = total
        }
    }

    /// One line.
    var inWords: String {
        state.withLock { state in
            guard let total = state.total else {
                return state.done > 0 ? "\(state.label): \(state.done)" : state.label
            }
            return "\(state.label): \(state.done) of \(total)"
        }
    }
}

extension Progress {
    private static let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

    /// Does the work, and shows that it is going on: on a terminal alone, and only once it has taken a while.
    static func showing<T: Sendable>(
        _ label: String, on terminal: Terminal = .error, clock: some Clock<Duration> = ContinuousClock(),
        _ work: @Sendable @escaping (Progress) async throws -> T
    ) async throws -> T {
        let progress = Progress(label)
        guard terminal.hasBox, let width = terminal.width else { return try await work(progress) }
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await work(progress) }
            group.addTask {
                await progress.spin(width: width, clock: clock)
                return nil
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let result = ended { return result }
            }
            throw CancellationError()
        }
    }

    private func spin(width: Int, clock: some Clock<Duration>) async {
        var isShown = false
        do {
            try await clock.sleep(for: .milliseconds(400))
            for frame in 0... {
                let line = TextWidth.cut("\(Self.frames[frame % Self.frames.count]) \(inWords)", to: width - 1)
                StandardError.write("\r\u{1B}[2K\(line)")
                isShown = true
                try await clock.sleep(for: .milliseconds(100))
            }
        } catch {
            // Only cancellation ends a sleep: the work is done, and the line makes room for what comes.
            if isShown { StandardError.write("\r\u{1B}[2K") }
        }
    }
}
