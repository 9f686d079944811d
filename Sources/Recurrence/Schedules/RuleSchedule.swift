/// A recurrence set laid onto a zone, as RFC 5545 section 3.3.5 says: a local time that the clock skips is read with the
/// offset before the gap, one that it shows twice is the first.
final class RuleSchedule: Sendable {
    let rule: RecurrenceRule
    let set: MovedSet
    let offset: Span
    private let table: ZoneTable

    /// Transitions can follow each other within this time, so that what one moves lies after the next.
    private static let near: Int64 = 172_800

    init(_ rule: RecurrenceRule, _ set: MovedSet, _ zone: Zone, _ offset: Span) {
        self.rule = rule
        self.set = set
        self.offset = offset
        table = zone.table
    }

    /// The first moment after `time`, and the local time that the set named for it.
    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        let after = time - offset.seconds
        let now = table.segment(at: after)
        var (segment, local) = (now, after + now.offset + 1)
        var best: (time: Int64, local: Int64)?
        while true {
            if segment.before < segment.offset {
                // What the clock skipped was read with the offset before, and may be still to come.
                best = Self.earlier(best, skipped(segment.start, segment.before, segment.offset, after: after, limit))
            } else {
                local = max(local, segment.start + segment.before)
            }
            guard after - segment.start < Self.near, segment.start > ZoneTable.beginning else { break }
            segment = table.segment(at: segment.start - 1)
        }
        best = Self.earlier(best, ordinary(local, now, after: after, limit))
        guard let best else { return nil }
        guard offset.seconds != 0 else { return best }
        let moved = best.time + offset.seconds
        return (moved, moved + table.offset(at: moved))
    }

    /// The first among what the clock does not skip.
    private func ordinary(
        _ from: Int64, _ segment: ZoneTable.Segment, after: Int64, _ limit: Int64
    ) -> (time: Int64, local: Int64)? {
        var (from, best) = (from, (time: Int64, local: Int64)?.none)
        while let local = set.first(atOrAfter: from, before: limit) {
            switch table.place(local, near: segment) {
            case .unique(let time), .overlap(let time, _):
                if time > after { return Self.earlier(best, (time, local)) }
                from = local + 1
            case .gap(let transition, let before, let offset):
                let skipped = (time: local - before, local: local)
                if skipped.time > after { best = Self.earlier(best, skipped) }
                from = skipped.time > after ? transition + offset : local + 1
            }
        }
        return best
    }

    private func skipped(
        _ start: Int64, _ before: Int64, _ offset: Int64, after: Int64, _ limit: Int64
    ) -> (time: Int64, local: Int64)? {
        let (from, end) = (max(after + before + 1, start + before), start + offset)
        guard from < end, let local = set.first(atOrAfter: from, before: min(end, limit)) else { return nil }
        return (local - before, local)
    }

    @inline(__always)
    private static func earlier(
        _ left: (time: Int64, local: Int64)?, _ right: (time: Int64, local: Int64)?
    ) -> (time: Int64, local: Int64)? {
        guard let left else { return right }
        guard let right else { return left }
        return right.time < left.time ? right : left
    }
}
