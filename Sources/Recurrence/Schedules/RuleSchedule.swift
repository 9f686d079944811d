/// A recurrence set laid onto a zone, as RFC 5545 section 3.3.5 says: a local time that the clock skips is read with
/// the offset before the gap, one that it shows twice is the first.
final class RuleSchedule: Sendable {
    let rule: RecurrenceRule
    let set: MovedSet
    let offset: Span
    private let table: ZoneTable

    init(_ rule: RecurrenceRule, _ set: MovedSet, _ zone: Zone, _ offset: Span) {
        self.rule = rule
        self.set = set
        self.offset = offset
        table = zone.table
    }

    /// The first moment after `time`, and the local time that the set named for it.
    ///
    /// What a change of the clock skips or shows again is settled before the next change: no zone has ever had changes
    /// that lie closer together than they are large.
    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        let after = time - offset.seconds
        let segment = table.segment(at: after)
        var from = after + segment.offset + 1
        var best: (time: Int64, local: Int64)?
        if segment.before < segment.offset {
            // What the clock skipped is read with the offset before, and may be still to come.
            best = skipped(segment, after: after, limit)
        } else {
            // What the clock shows again came the first time.
            from = max(from, segment.start + segment.before)
        }
        best = Self.earlier(best, ordinary(from, segment, after: after, limit))
        guard let best, offset.seconds != 0 else { return best }
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

    /// The first among what the clock skipped when a segment began.
    private func skipped(_ segment: ZoneTable.Segment, after: Int64, _ limit: Int64) -> (time: Int64, local: Int64)? {
        let from = max(after + segment.before + 1, segment.start + segment.before)
        let end = min(segment.start + segment.offset, limit)
        guard from < end, let local = set.first(atOrAfter: from, before: end) else { return nil }
        return (local - segment.before, local)
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
