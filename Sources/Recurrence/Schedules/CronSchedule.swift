/// A cron expression in a zone, as Debian's cron keeps it where the clock changes.
///
/// A job whose minute or hour begins with a star runs whenever the clock shows a time that it names. Any other job is
/// meant to run once for each time that it names: what a change of less than three hours skips runs at once after it,
/// what such a change repeats runs the first time only. Larger changes are corrections of the clock, and the new time
/// simply holds. (Debian cron(8), NOTES; cron.c.)
struct CronSchedule: Sendable {
    let expression: CronExpression
    let zone: Zone

    static let correction: Int64 = 3 * 3600

    init(_ expression: CronExpression, _ zone: Zone) {
        self.expression = expression
        self.zone = zone
    }

    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        var segment = zone.table.segment(at: time)
        var local = time + segment.offset + 1
        if expression.fields.isFixed { local = max(local, repeatedUntil(segment)) }
        while true {
            // Within a segment the clock runs evenly, so that the search may jump.
            let end = min(segment.end + segment.offset, limit)
            if let found = expression.fields.first(atOrAfter: local, before: end) {
                return (found - segment.offset, found)
            }
            guard segment.end + segment.offset < limit else { return nil }
            let next = zone.table.segment(at: segment.end)
            if let skipped = skipped(segment, next), skipped < limit { return (next.start, skipped) }
            local = next.start + next.offset
            if expression.fields.isFixed { local = max(local, repeatedUntil(next)) }
            segment = next
        }
    }

    /// The first time named among those that are skipped between two segments.
    private func skipped(_ segment: ZoneTable.Segment, _ next: ZoneTable.Segment) -> Int64? {
        let gap = next.offset - segment.offset
        guard expression.fields.isFixed, gap > 0, gap < Self.correction else { return nil }
        return expression.fields.first(atOrAfter: next.start + segment.offset, before: next.start + next.offset)
    }

    /// The local time until which a segment repeats what the one before it has shown.
    private func repeatedUntil(_ segment: ZoneTable.Segment) -> Int64 {
        let repeated = segment.before - segment.offset
        return repeated > 0 && repeated < Self.correction ? segment.start + segment.before : .min
    }
}
