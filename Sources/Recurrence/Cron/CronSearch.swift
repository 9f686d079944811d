extension CronFields {
    /// The first local time at or after `local` and before `limit`, in seconds; nil where there is none.
    func first(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        let (today, second) = CivilMath.split(local)
        let start = second > times.last ? today + 1 : today
        guard let day = firstDay(atOrAfter: start, before: limit) else { return nil }
        let time =
            Int64(day) * CivilMath.secondsPerDay
            + Int64(day == today ? times.first(atOrAfter: second) : times.first)
        return time < limit ? time : nil
    }

    /// The first day that both or either of the day fields choose.
    private func firstDay(atOrAfter start: Int, before limit: Int64) -> Int? {
        var (year, number, date) = CivilMath.civil(days: start)
        var month = MonthDays.Month(year: year, number: number)
        var days = months >> UInt16(number) & 1 == 0 ? 0 : days(month) & (UInt32.max << UInt32(date))
        while days == 0 {
            let later = months & ~((2 << UInt16(number)) - 1)
            if later == 0 { year += 1 }
            number = (later == 0 ? months : later).trailingZeroBitCount
            month = MonthDays.Month(year: year, number: number)
            guard Int64(month.firstDay) * CivilMath.secondsPerDay < limit else { return nil }
            days = self.days(month)
            date = 1
        }
        return month.firstDay + days.trailingZeroBitCount - 1
    }
}
