/// The days of one period of a rule that may reach over several months, as bits.
///
/// The first lane is the month before the period and the last the one after it: `SKIP` may move a day there.
struct PeriodDays {
    private var lanes = SIMD16<UInt32>(repeating: 0)
    private let year: Int
    private let month: Int

    init(year: Int, month: Int) {
        self.year = year
        self.month = month
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
            if rest < count { return laneMonth(lane).firstDay + lanes[lane].position(ofBit: rest) - 1 }
            rest -= count
        }
        return .max
    }

    /// The first day at or after another.
    func first(atOrAfter day: Int) -> Int? {
        for lane in 0..<14 where lanes[lane] != 0 {
            let origin = laneMonth(lane).firstDay
            let from = day - origin + 1
            let rest = from <= 0 ? lanes[lane] : from > 31 ? 0 : lanes[lane] & (UInt32.max << UInt32(from))
            if rest != 0 { return origin + rest.trailingZeroBitCount - 1 }
        }
        return nil
    }
}
