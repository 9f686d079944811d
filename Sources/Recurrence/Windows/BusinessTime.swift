/// Business hours laid onto a zone, without the holidays: stretches of time in seconds.
///
/// A span belongs to the day on which it begins: a holiday takes a night shift that begins on it, to its end on the
/// next morning, and leaves the one that began the evening before.
struct BusinessTime: Sendable {
    let hours: BusinessHours
    let holidays: ClosedDays
    let zone: Zone

    /// How far to look for a change, in days.
    static let farthest = 3653

    /// The end of the stretch of business time that a moment lies in; nil where it lies in none, `never` for no end.
    func end(at time: Int64) -> Int64? {
        var (end, limit) = (time, time + Int64(Self.farthest) * CivilMath.secondsPerDay)
        var day = self.day(time)
        while end < limit {
            let before = end
            for piece in pieces(day - 1) + pieces(day) where piece.start <= end { end = max(end, piece.end) }
            if end == before { return end == time ? nil : end }
            day = self.day(end)
        }
        limit = ZoneTable.never
        return limit
    }

    /// The beginning of the first stretch after a moment.
    func start(after time: Int64) -> Int64? {
        let today = day(time)
        // The clock of a zone east of Greenwich is in the year 10000 before time ends.
        for day in stride(from: today, through: min(today + Self.farthest, CivilMath.lastDay), by: 1) {
            if let start = pieces(day).map(\.start).filter({ $0 > time }).min() { return start }
        }
        return nil
    }

    /// The end of the last stretch that ended at or before a moment.
    func end(before time: Int64) -> Int64? {
        let today = day(time)
        for day in stride(from: today, through: max(today - Self.farthest, CivilMath.firstDay), by: -1) {
            // One that began a day earlier may have ended later.
            if let end = (pieces(day) + pieces(day - 1)).map(\.end).filter({ $0 <= time }).max() { return end }
        }
        return nil
    }

    private func day(_ time: Int64) -> Int { CivilMath.split(time + zone.table.offset(at: time)).day }

    /// The stretches that begin on one local day.
    private func pieces(_ day: Int) -> [(start: Int64, end: Int64)] {
        guard holidays.isEmpty || holidays.reason(on: CivilDate(daysSinceEpoch: day)) == nil else { return [] }
        let weekday = UInt8(CivilMath.weekday(days: day))
        return hours.spans.filter { $0.weekdays >> weekday & 1 != 0 }
            .map { (time(day, $0.from), time(day, $0.to)) }
            .filter { $0.0 < $0.1 }
    }

    private func time(_ day: Int, _ minute: Int) -> Int64 {
        let local = LocalTime(seconds: Int64(day) * CivilMath.secondsPerDay + Int64(minute) * 60)
        return minute % 1440 == 0 ? zone.startOfDay(local.date).seconds : zone.resolve(local).instant.seconds
    }
}
