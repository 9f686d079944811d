import ArgumentParser
import Recurrence

/// A moment as people write it: an instant, or a span counted from now.
enum Moment: Hashable, Sendable, ExpressibleByArgument {
    case instant(Instant)
    case span(Span)

    init?(argument: String) {
        if let instant = Instant(rfc3339: argument) {
            self = .instant(instant)
        } else if let span = Span(argument) {
            self = .span(span)
        } else {
            return nil
        }
    }

    func before(_ now: Instant) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .span(let span): now - span.elapsed
        }
    }

    func after(_ now: Instant) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .span(let span): now + span.elapsed
        }
    }
}
