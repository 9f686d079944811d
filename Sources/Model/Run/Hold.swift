/// Which gate keeps a run from becoming ready.
public enum Hold: String, Codable, Hashable, Sendable {
    /// Asked for by a person, and not yet looked at by a scheduler.
    case planning
    /// Made ahead of its time (`lead`).
    case due
    /// Its window is closed.
    case window
    /// Its window is closed by a day or a freeze of a calendar.
    case frozen
    /// Its job is paused.
    case paused
    /// Nobody knows how its last attempt ended, and it must not be done twice: a person decides.
    case unknown
}
