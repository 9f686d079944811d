extension RuleEngine {
    /// The search period by period, for rules with BYSETPOS or SKIP.
    func firstOfPeriods(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        let day = CivilMath.split(local).day
        // A day that SKIP moves forward belongs to the period before.
        var period = max(alignedPeriod(day) - (skip == .omit ? 0 : 1), 0)
        while Int64(firstDay(ofPeriod: period)) * CivilMath.secondsPerDay < limit + CivilMath.secondsPerDay {
            if let found = first(inPeriod: period, atOrAfter: local) {
                var best = found
                // One moved backward belongs to the period after.
                if skip != .omit, let other = first(inPeriod: period + 1, atOrAfter: local) { best = min(best, other) }
                return best < limit ? best : nil
            }
            period += 1
        }
        return nil
    }

    /// BYSETPOS among the times of single days, so that days without any are jumped over.
    func firstOfDays(atOrAfter local: Int64, before limit: Int64) -> Int64? {
        var from = CivilMath.split(local).day
        while let day = firstDay(atOrAfter: from, before: limit) {
            if let found = positioned(1, { _ in day }, atOrAfter: local) { return found < limit ? found : nil }
            from = day + 1
        }
        return nil
    }

    private func first(inPeriod period: Int, atOrAfter local: Int64) -> Int64? {
        if frequency == .yearly || skip != .omit {
            let chosen = monthsOf(period)
            if setPositions.isEmpty { return first(of: chosen, atOrAfter: local) }
            return positioned(chosen.count, chosen.element, atOrAfter: local)
        }
        let (days, origin) = daysOf(period)
        if days == 0 { return nil }
        return positioned(days.nonzeroBitCount, { origin + days.position(ofBit: $0) }, atOrAfter: local)
    }

    /// BYSETPOS: the period's times in order, each of its days with each of its times of day.
    @inline(__always)
    private func positioned(_ days: Int, _ element: (Int) -> Int, atOrAfter local: Int64) -> Int64? {
        let perDay = times.count
        let count = days * perDay
        var best: Int64?
        for position in setPositions {
            let index = position > 0 ? position - 1 : count + position
            guard index >= 0, index < count else { continue }
            let (day, time) = perDay == 1 ? (index, 0) : (index / perDay, index % perDay)
            let found = Int64(element(day)) * CivilMath.secondsPerDay + Int64(times.element(time))
            if found >= local, found < best ?? .max { best = found }
        }
        return best
    }

    private func first(of chosen: PeriodDays, atOrAfter local: Int64) -> Int64? {
        let (today, second) = CivilMath.split(local)
        guard let day = chosen.first(atOrAfter: second > times.last ? today + 1 : today) else { return nil }
        let time = day == today ? times.first(atOrAfter: second) : times.first
        return Int64(day) * CivilMath.secondsPerDay + Int64(time)
    }

    /// The number, counted from the start's, of the period that holds the day, or of the first after it.
    private func alignedPeriod(_ day: Int) -> Int {
        let (year, month, _) = CivilMath.civil(days: day)
        let distance: Int
        switch frequency {
        case .yearly: distance = year - startYear
        case .monthly: distance = year * 12 + month - 1 - startMonth
        default: distance = CivilMath.floorDivide(day - firstWeek, 7)
        }
        return max(0, (distance + interval - 1) / interval)
    }

    private func firstDay(ofPeriod period: Int) -> Int {
        let distance = period * interval
        switch frequency {
        case .yearly: return CivilMath.days(year: startYear + distance, month: 1, day: 1)
        case .monthly:
            let index = startMonth + distance
            return CivilMath.days(year: index / 12, month: index % 12 + 1, day: 1)
        default: return firstWeek + 7 * distance
        }
    }

    /// The days of a month or week as bits, and the day that bit 0 stands for.
    private func daysOf(_ period: Int) -> (days: UInt32, origin: Int) {
        let first = firstDay(ofPeriod: period)
        let (year, number, date) = CivilMath.civil(days: first)
        let month = MonthDays.Month(year: year, number: number)
        let chosen = days.of(month)
        if frequency == .monthly { return (chosen, first - 1) }
        var week = chosen >> UInt32(date)
        let inMonth = month.length - date + 1
        if inMonth < 7 {
            let next = MonthDays.Month(year: number == 12 ? year + 1 : year, number: number % 12 + 1)
            week |= (days.of(next) >> 1) << UInt32(inMonth)
        }
        week &= 0x7f
        // The first week begins with the start, so that its positions count from there (as in python-dateutil).
        return (first < startDay ? week & (0x7f << UInt32(startDay - first)) : week, first)
    }

    /// The days of a year, or of a month from which SKIP may move some.
    private func monthsOf(_ period: Int) -> PeriodDays {
        let (year, number, _) = CivilMath.civil(days: firstDay(ofPeriod: period))
        var result = PeriodDays(year: year, month: number)
        for lane in 1...(frequency == .yearly ? 12 : 1) { insert(lane, into: &result) }
        return result
    }

    /// A month's days, and those that it does not have where SKIP moves them (RFC 7529 section 4.1): to the day before,
    /// or the day after, which may be another month's. BYDAY is looked at after that.
    private func insert(_ lane: Int, into result: inout PeriodDays) {
        let month = result.laneMonth(lane)
        result.insert(days.of(month), lane: lane)
        guard skip != .omit else { return }
        let missing = days.missing(month)
        func insert(_ day: Int, _ lane: Int) {
            result.insert(1 << UInt32(day) & days.held(result.laneMonth(lane)), lane: lane)
        }
        if missing.past { skip == .backward ? insert(month.length, lane) : insert(1, lane + 1) }
        if missing.before { skip == .backward ? insert(result.laneMonth(lane - 1).length, lane - 1) : insert(1, lane) }
    }
}
