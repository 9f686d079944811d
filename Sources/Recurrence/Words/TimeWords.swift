extension TimeOfDaySet {
    /// No more times than this are listed one by one.
    private static let mostListed = 6

    /// `at 02:00`, `at 09:00 and 17:00`, `every 15 minutes from 09:00 to 17:45`
    var inWords: String {
        if count <= Self.mostListed {
            return "at " + English.list((0..<count).map { Self.clock(element($0)) })
        }
        let (hours, minutes, seconds) = (English.bits(hours), English.bits(minutes), English.bits(seconds))
        let every: String
        if seconds == [0], let step = Self.step(minutes) {
            every = Self.every(step, from: minutes[0])
        } else if seconds == [0] {
            every =
                "at the minutes \(English.ranges(minutes, String.init)) of " + (hours.count == 24 ? "every hour" : "")
        } else if seconds.count == 60, minutes.count == 60 {
            every = "every second"
        } else {
            let minute = minutes.count == 60 ? "every minute" : "the minutes \(English.ranges(minutes, String.init))"
            every = "at the seconds \(English.ranges(seconds, String.init)) of \(minute)"
        }
        return (every + Self.within(hours, every, last: last)).trimmed
    }

    /// `02:00`, with seconds only where there are any.
    static func clock(_ second: Int) -> String {
        let time = "\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2))"
        return second % 60 == 0 ? time : "\(time):\(digits(second % 60, 2))"
    }

    private static func within(_ hours: [Int], _ every: String, last: Int) -> String {
        if hours.count == 24 { return "" }
        if every.hasSuffix("of ") { return names(hours, before: "") }
        let (first, final) = (hours[0], hours[hours.count - 1])
        guard final - first == hours.count - 1 else { return names(hours, before: " in ") }
        return " from \(clock(first * 3600)) to \(clock(last))"
    }

    /// `every second hour`, `the hours 01, 03 and 08 to 12`
    private static func names(_ hours: [Int], before: String) -> String {
        let step = 24 / hours.count
        let even = step * hours.count == 24 && hours.enumerated().allSatisfy { $1 == $0 * step }
        return before
            + (even ? "every \(English.place(step)) hour" : "the hours \(English.ranges(hours) { digits($0, 2) })")
    }

    /// The step at which minutes go evenly around the hour: 60 for a single one.
    private static func step(_ minutes: [Int]) -> Int? {
        let step = 60 / minutes.count
        guard step * minutes.count == 60, minutes.count == 1 || minutes[0] == 0 else { return nil }
        for (index, minute) in minutes.enumerated() where minute != minutes[0] + index * step { return nil }
        return step
    }

    private static func every(_ step: Int, from first: Int) -> String {
        switch (step, first) {
        case (1, _): "every minute"
        case (60, 0): "every hour on the hour"
        case (60, _): "every hour at \(English.count(first, "minute")) past"
        default: "every \(English.number(step)) minutes"
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
