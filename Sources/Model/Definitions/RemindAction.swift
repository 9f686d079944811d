import Recurrence

/// A message to people, repeated until it is acknowledged where that is asked.
public struct RemindAction: Codable, Hashable, Sendable {
    /// Where the message goes.
    public enum Destination: Codable, Hashable, Sendable {
        /// A file to which a line is appended; a relative path is one in the worker's outbox.
        case file(String)
        /// An `http` or `https` address to which JSON is posted.
        case webhook(String)
    }

    /// Whether somebody has to say that the message was heard.
    public enum Acknowledge: String, Codable, Sendable { case required, none }

    public var to: Destination
    /// May hold `{{ … }}`.
    public var message: String
    public var acknowledge: Acknowledge
    /// How long after each delivery the message is sent again while it is not acknowledged; nil is never.
    public var `repeat`: Span?

    public init(to: Destination, message: String, acknowledge: Acknowledge = .none, repeat: Span? = nil) {
        self.to = to
        self.message = message
        self.acknowledge = acknowledge
        self.repeat = `repeat`
    }
}
