/// Which gate keeps a run from becoming ready.
public enum Hold: String, Codable, Hashable, Sendable {
    /// Asked for by a person, and not yet looked at by a scheduler.
    case planning
    /// Made ahead of its time (`lead`).
    case due
    /// Its window is closed.
    case window
    /// Its window is closed by a day or a freeze of a calendar, or one takes the opening in which it would start.
    case frozen
    /// Its job is paused.
    case paused
    /// The rings before its own are not through.
    case ring
    /// Its rollout has stopped: a person decides.
    case approval
    /// An earlier run on its target is not over.
    case overlap
    /// Something that its job requires does not hold.
    case requires
    /// Nobody knows how its last attempt ended, and it must not be done twice: a person decides.
    case unknown
}
