/// What a listener's consumer is told.
public enum ListenerEvent: Sendable, Hashable {
    /// The listener listens, for the first time or again. What was sent before is lost: look for yourself what is there.
    case connected
    /// The connection is gone, or does not come about, for this reason; the listener goes on trying. Told once, until it
    /// is `connected` again.
    case disconnected(PostgresError)
    /// Somebody sent `NOTIFY`.
    case notification(channel: String, payload: String)
}
