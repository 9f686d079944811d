import Postgres

/// Hears signals, on a connection of its own.
public struct Signals: Sendable {
    private let listener: Listener

    public init(listener: Listener) {
        self.listener = listener
    }

    /// The signals on these channels, until the task is cancelled.
    public func heard(on channels: [Signal.Channel]) -> AsyncCompactMapSequence<Notifications, Signal> {
        listener.notifications(channels: channels.map(\.rawValue)).compactMap { event in
            switch event {
            case .connected: .connected
            case .disconnected(let error): error.kind == .usage ? .deaf : nil
            case .notification(let channel, let payload): Signal(channel: channel, payload: payload)
            }
        }
    }
}
