/// A cron expression in a zone, as Debian's cron keeps it where the clock changes.
///
/// A job whose minute or hour begins with a star runs whenever the clock shows a time that it names. Any other job is
/// meant to run once for each time that it names: what a change of less than three hours skips runs at once after it,
/// what such a change repeats runs the first time only. Larger changes are corrections of the clock, and the new time
/// simply holds. (Debian cron(8), NOTES; of exactly three hours, `cron.c` takes the skipped ones for a correction.)
final class CronSchedule: Sendable {
    let expression: CronExpression
    private let fields: CronFields
    private let table: ZoneTable

    static let correction: Int64 = 3 * 3600

    init(_ expression: CronExpression, _ zone: Zone) {
        self.expression = expression
        fields = expression.fields
        table = zone.table
    }

    /// The first moment after `time`, and the local time that the expression named for it.
    ///
    /// Goes from one change of the clock to the next, but looks for a matching time anew only where the clock shows
    /// again what it has shown before.
    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        var segment = table.segment(at: time)
        var from = time + segment.offset + 1
        if fields.isFixed { from = max(from, repeatedUntil(segment)) }
        var local = fields.first(atOrAfter: from, before: limit) ?? limit
        while true {
            let end = segment.end + segment.offset
            if local < min(end, limit) { return (local - segment.offset, local) }
            guard end < limit else { return nil }
            let next = table.segment(at: segment.end)
            var start = next.start + next.offset
            if fields.isFixed {
                let isSkipped = local < start && start - end < Self.correction
                if isSkipped, local < limit { return (next.start, local) }
                start = max(start, repeatedUntil(next))
            }
            if local < start || start < from {
                from = start
                local = fields.first(atOrAfter: from, before: limit) ?? limit
            }
            segment = next
        }
    }

    /// The local time until which a segment repeats what the one before it has shown.
    private func repeatedUntil(_ segment: ZoneTable.Segment) -> Int64 {
        let repeated = segment.before - segment.offset
        return repeated > 0 && repeated <= Self.correction ? segment.start + segment.before : .min
    }
}
