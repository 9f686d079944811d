/// Hears what is sent by `NOTIFY`, on a connection of its own that is reopened for ever.
public struct Listener: Sendable {
    private let configuration: Configuration
    private let clock: any Clock<Duration>

    public init(_ configuration: Configuration = Configuration(), clock: any Clock<Duration> = ContinuousClock()) {
        self.configuration = configuration
        self.clock = clock
    }

    /// The notifications on these channels, as they come, until the task is cancelled.
    ///
    /// It connects when the first element is asked for. A notification is a hint and can be lost while there is no
    /// connection: poll as well, and at each `connected`.
    public func notifications(channels: [String]) -> Notifications {
        Notifications(configuration: configuration, channels: channels, clock: clock)
    }
}
