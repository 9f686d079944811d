/// The seconds of a day at which a rule fires: every combination of its hours, minutes and seconds, each a set of bits.
struct TimeOfDaySet: Hashable, Sendable {
    var hours: UInt32
    var minutes: UInt64
    var seconds: UInt64

    static let allHours: UInt32 = (1 << 24) - 1
    static let allSixty: UInt64 = (1 << 60) - 1

    @inline(__always)
    var count: Int { hours.nonzeroBitCount * minutes.nonzeroBitCount * seconds.nonzeroBitCount }

    /// The first of all.
    @inline(__always)
    var first: Int {
        hours.trailingZeroBitCount * 3600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    /// The last of all.
    @inline(__always)
    var last: Int {
        (31 - hours.leadingZeroBitCount) * 3600 + (63 - minutes.leadingZeroBitCount) * 60
            + (63 - seconds.leadingZeroBitCount)
    }

    /// The first at or after that second of the day; -1 where there is none left.
    @inline(__always)
    func first(atOrAfter second: Int) -> Int {
        if second <= 0 { return first }
        let hour = second / 3600
        if hours >> UInt32(hour) & 1 != 0 {
            let inHour = firstInHour(atOrAfter: second - hour * 3600)
            if inHour >= 0 { return hour * 3600 + inHour }
        }
        let later = hours & ~((2 << UInt32(hour)) - 1)
        guard later != 0 else { return -1 }
        return later.trailingZeroBitCount * 3600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    /// The first at or after that second of an hour, whichever hour it is; -1 where there is none left.
    @inline(__always)
    func firstInHour(atOrAfter second: Int) -> Int {
        let minute = second / 60
        if minutes >> UInt64(minute) & 1 != 0 {
            let rest = seconds >> UInt64(second - minute * 60)
            if rest != 0 { return second + rest.trailingZeroBitCount }
        }
        let later = minutes & ~((2 << UInt64(minute)) - 1)
        guard later != 0 else { return -1 }
        return later.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    /// The one at that place in the day's order, counted from 0.
    func element(_ index: Int) -> Int {
        let perMinute = seconds.nonzeroBitCount
        let perHour = perMinute * minutes.nonzeroBitCount
        let hour = UInt64(hours).position(ofBit: index / perHour)
        let minute = minutes.position(ofBit: index % perHour / perMinute)
        return hour * 3600 + minute * 60 + seconds.position(ofBit: index % perMinute)
    }
}

extension FixedWidthInteger {
    /// Where the bit stands that is the `index`-th of those set, counted from 0.
    func position(ofBit index: Int) -> Int {
        var rest = self
        for _ in 0..<index { rest &= rest &- 1 }
        return rest.trailingZeroBitCount
    }
}
