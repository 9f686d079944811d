/// The days of one period (a year, month, week or day) of a rule, as bits of up to fourteen months.
///
/// The first lane is the month before the period and the last the one after it: `SKIP` may move a day there.
struct PeriodDays {
    private var lanes = SIMD16<UInt32>(repeating: 0)
    private let year: Int
    private let month: Int
    /// For weeks and days, the day that bit 1 of the first lane stands for.
    private let origin: Int?

    init(year: Int, month: Int) {
        self.year = year
        self.month = month
        origin = nil
    }

    init(origin: Int) {
        (year, month) = (0, 0)
        self.origin = origin
    }

    var count: Int {
        var sum = 0
        for lane in 0..<14 { sum += lanes[lane].nonzeroBitCount }
        return sum
    }

    mutating func insert(_ bits: UInt32, lane: Int) { lanes[lane] |= bits }

    /// The month that a lane stands for: lane 1 is the first of the period.
    func laneMonth(_ lane: Int) -> MonthDays.Month {
        let index = year * 12 + month - 1 + lane - 1
        return MonthDays.Month(year: CivilMath.floorDivide(index, 12), number: CivilMath.modulo(index, 12) + 1)
    }

    /// The day at that place of the order, counted from 0.
    func element(_ index: Int) -> Int {
        var rest = index
        for lane in 0..<14 {
            let count = lanes[lane].nonzeroBitCount
            if rest < count { return first(lane) + lanes[lane].position(ofBit: rest) - 1 }
            rest -= count
        }
        return .max
    }

    /// The first day at or after another.
    func first(atOrAfter day: Int) -> Int? {
        for lane in 0..<14 where lanes[lane] != 0 {
            let origin = first(lane)
            let from = day - origin + 1
            let rest = from <= 0 ? lanes[lane] : from > 31 ? 0 : lanes[lane] & (UInt32.max << UInt32(from))
            if rest != 0 { return origin + rest.trailingZeroBitCount - 1 }
        }
        return nil
    }

    private func first(_ lane: Int) -> Int { origin ?? laneMonth(lane).firstDay }
}

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

    /// The number, counted from the start's, of the period that holds the day, or of the first after it.
    private func alignedPeriod(_ day: Int) -> Int {
        let (year, month, _) = CivilMath.civil(days: day)
        let distance: Int
        switch frequency {
        case .yearly: distance = year - startYear
        case .monthly: distance = year * 12 + month - 1 - startMonth
        case .weekly: distance = CivilMath.floorDivide(day - firstWeek, 7)
        default: distance = day - startDay
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
        case .weekly: return firstWeek + 7 * distance
        default: return startDay + distance
        }
    }

    private func periodDays(_ period: Int) -> PeriodDays {
        let first = firstDay(ofPeriod: period)
        let (year, number, _) = CivilMath.civil(days: first)
        switch frequency {
        case .yearly, .monthly:
            var result = PeriodDays(year: year, month: number)
            for lane in 1...(frequency == .yearly ? 12 : 1) { insert(lane, into: &result) }
            return result
        default:
            var result = PeriodDays(origin: first)
            var month = MonthDays.Month(year: year, number: number)
            for offset in 0..<(frequency == .weekly ? 7 : 1) {
                let day = first + offset
                // The first week begins with the start, so that its positions count from there (as in python-dateutil).
                if day < startDay { continue }
                if day - month.firstDay >= month.length {
                    let (nextYear, nextNumber, _) = CivilMath.civil(days: day)
                    month = MonthDays.Month(year: nextYear, number: nextNumber)
                }
                let chosen = days.of(month) >> UInt32(day - month.firstDay + 1) & 1
                result.insert(chosen << UInt32(offset + 1), lane: 0)
            }
            return result
        }
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

    private func first(inPeriod period: Int, atOrAfter local: Int64) -> Int64? {
        let chosen = periodDays(period)
        if setPositions.isEmpty {
            let (today, second) = CivilMath.split(local)
            guard let day = chosen.first(atOrAfter: second > times.last ? today + 1 : today) else { return nil }
            let time = day == today ? times.first(atOrAfter: second) : times.first
            return Int64(day) * CivilMath.secondsPerDay + Int64(time)
        }
        let perDay = times.count
        let count = chosen.count * perDay
        var best: Int64?
        for position in setPositions {
            let index = position > 0 ? position - 1 : count + position
            guard index >= 0, index < count else { continue }
            let time =
                Int64(chosen.element(index / perDay)) * CivilMath.secondsPerDay
                + Int64(times.element(index % perDay))
            if time >= local, time < best ?? .max { best = time }
        }
        return best
    }
}
