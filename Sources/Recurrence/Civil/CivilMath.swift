/// Gregorian arithmetic on integers: a day is its distance from 1970-01-01, a local time its seconds from that day's
/// midnight.
///
/// The conversions count years from 1 March, so that the leap day is the last of its year
/// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
enum CivilMath {
    static let secondsPerDay: Int64 = 86_400
    /// The calendar repeats, weekdays included, after 400 years: 146,097 days.
    static let daysPerCycle = 146_097
    static let firstDay = days(year: 1, month: 1, day: 1)
    static let lastDay = days(year: 9999, month: 12, day: 31)

    @inline(__always)
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * daysPerCycle + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    @inline(__always)
    static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - (daysPerCycle - 1)) / daysPerCycle
        let dayOfEra = shifted - era * daysPerCycle
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    @inline(__always)
    static func isLeap(_ year: Int) -> Bool {
        year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    @inline(__always)
    static func length(year: Int, month: Int) -> Int {
        // 31 for January, March, May, July, August, October, December: the low bit flips after July.
        month == 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month ^ (month >> 3)) & 1)
    }

    @inline(__always)
    static func length(year: Int) -> Int { isLeap(year) ? 366 : 365 }

    /// 0 for Monday to 6 for Sunday. (1970-01-01 was a Thursday.)
    @inline(__always)
    static func weekday(days: Int) -> Int { modulo(days + 3, 7) }

    @inline(__always)
    static func modulo<T: BinaryInteger>(_ value: T, _ divisor: T) -> T {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    @inline(__always)
    static func floorDivide<T: BinaryInteger>(_ value: T, _ divisor: T) -> T {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    /// A local time in seconds, taken apart into its day and the second of that day.
    @inline(__always)
    static func split(_ seconds: Int64) -> (day: Int, second: Int) {
        let day = floorDivide(seconds, secondsPerDay)
        return (Int(day), Int(seconds - day * secondsPerDay))
    }
}
