/// What a local time is in a zone.
public enum Resolution: Hashable, Sendable {
    /// It comes once.
    case unique(Instant)
    /// It is skipped: read with the offset before the gap it is `byOffsetBefore`; the clock was moved at `transition`.
    case gap(byOffsetBefore: Instant, transition: Instant)
    /// It comes twice.
    case overlap(first: Instant, second: Instant)

    /// As RFC 5545 section 3.3.5 reads it: a skipped time with the offset before the gap, of two the first.
    public var instant: Instant {
        switch self {
        case .unique(let instant), .gap(let instant, _), .overlap(let instant, _): instant
        }
    }
}
