extension RuleEngine {
    /// The search for frequencies of an hour, a minute and a second: what does not fit is jumped over, from the day
    /// down.
    func firstWithinDays(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        let unit = Self.unit(frequency)
        var time = local
        while time < limit {
            let (day, second) = CivilMath.split(time)
            if days.choosesDays {
                guard let next = nextChosenDay(day, before: limit) else { return nil }
                if next != day {
                    time = Int64(next) * CivilMath.secondsPerDay
                    continue
                }
            }
            let period = CivilMath.floorDivide(time, unit)
            let behind = CivilMath.modulo(startUnit - period, Int64(interval))
            if behind != 0 {
                time = (period + behind) * unit
                continue
            }
            let candidate = firstInPeriod(second)
            if candidate.found { return answer(day, candidate.second, limit) }
            // What is left of this period does not fit: on with what comes next at all.
            time = Int64(day) * CivilMath.secondsPerDay + Int64(candidate.second)
        }
        return nil
    }

    /// The first second of the day in this period, or the one from which on the search may go on.
    private func firstInPeriod(_ second: Int) -> (found: Bool, second: Int) {
        if !setPositions.isEmpty { return firstOfPositions(second) }
        let next = times.first(atOrAfter: second)
        guard next >= 0 else { return (false, Int(CivilMath.secondsPerDay)) }
        let unit = Int(Self.unit(frequency))
        return (next / unit == second / unit, next)
    }

    private func answer(_ day: Int, _ second: Int, _ limit: Int64) -> Int64? {
        let time = Int64(day) * CivilMath.secondsPerDay + Int64(second)
        return time < limit ? time : nil
    }

    /// BYSETPOS among the seconds of one hour or minute.
    private func firstOfPositions(_ second: Int) -> (found: Bool, second: Int) {
        let unit = Int(Self.unit(frequency))
        let begin = second / unit * unit
        let end = begin + unit
        let next = times.first(atOrAfter: begin)
        guard next >= 0, next < end else { return (false, next < 0 ? Int(CivilMath.secondsPerDay) : next) }
        var inPeriod = times
        inPeriod.hours = 1
        if frequency >= .minutely { inPeriod.minutes = 1 }
        if frequency == .secondly { inPeriod.seconds = 1 }
        let count = inPeriod.count
        var best = Int.max
        for position in setPositions {
            let index = position > 0 ? position - 1 : count + position
            guard index >= 0, index < count else { continue }
            let candidate = begin + inPeriod.element(index)
            if candidate >= second { best = min(best, candidate) }
        }
        return best == .max ? (false, end) : (true, best)
    }

    private func nextChosenDay(_ from: Int, before limit: Int64) -> Int? {
        var (year, number, date) = CivilMath.civil(days: from)
        while true {
            let month = MonthDays.Month(year: year, number: number)
            guard Int64(month.firstDay) * CivilMath.secondsPerDay < limit else { return nil }
            let chosen = days.of(month) & (UInt32.max << UInt32(date))
            if chosen != 0 { return month.firstDay + chosen.trailingZeroBitCount - 1 }
            (year, number) = days.nextMonth(year, number)
            date = 1
        }
    }
}
