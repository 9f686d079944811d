extension CronFields {
    /// `at 02:00 every Sunday`, `every 15 minutes from 09:00 to 17:45, Monday to Friday`
    var inWords: String {
        let (times, days) = (times.inWords, dayWords)
        // What comes every so many minutes need not be said to come every day.
        if times.hasPrefix("every") || times.hasSuffix("every hour"), days.hasPrefix("every day") {
            return times + days.dropFirst("every day".count)
        }
        return "\(times) \(days)"
    }

    private var everyMonthDay: Bool { dayOfMonth.days & ~1 == ~1 }
    private var everyWeekday: Bool { dayOfWeek.days == 0x7f }

    private var dayWords: String {
        let ofMonths = months == RuleDays.everyMonth ? "of every month" : "of \(monthNames)"
        let inMonths = months == RuleDays.everyMonth ? "" : " in \(monthNames)"
        switch (everyMonthDay, everyWeekday) {
        case (true, true): return "every day" + inMonths
        case (false, true): return bothDays ? "on \(dayOfMonth.inWords) \(ofMonths)" : "every day" + inMonths
        case (true, false): return bothDays ? weekWords(ofMonths, inMonths) : "every day" + inMonths
        case (false, false):
            let monthDays = "on \(dayOfMonth.inWords) \(ofMonths)"
            if bothDays { return "\(monthDays) where that is \(dayOfWeek.inWords(" of the month", article: true))" }
            return "\(monthDays) and \(weekWords(ofMonths, inMonths))"
        }
    }

    private func weekWords(_ ofMonths: String, _ inMonths: String) -> String {
        if dayOfWeek.nth.isEmpty, dayOfWeek.last == 0 { return "every \(English.weekdays(dayOfWeek.days))" + inMonths }
        return "on \(dayOfWeek.inWords(" " + ofMonths, article: false))"
    }

    private var monthNames: String { English.ranges(English.bits(months)) { English.months[$0 - 1] } }
}

extension CronFields.DayOfMonth {
    fileprivate var inWords: String {
        var items = days == 0 ? [] : ["the " + English.ranges(English.bits(days), English.ordinal)]
        items += English.bits(nearestWeekday).map { "the weekday nearest to the \(English.ordinal($0))" }
        if lastWeekday { items.append("the last weekday") }
        items += English.bits(beforeLast).reversed().map { "the \(English.place(-$0 - 1)) day" }
        return English.list(items)
    }
}

extension CronFields.DayOfWeek {
    /// - Parameter article: `a Monday or Friday`, as after "where that is".
    fileprivate func inWords(_ ofMonths: String, article: Bool) -> String {
        var items: [String] = []
        if days != 0 {
            let names = English.bits(days).map { Weekday(bit: $0).name }
            items.append(article ? "a \(English.list(names, "or"))" : "every \(English.weekdays(days))")
        }
        for (index, weekdays) in nth.enumerated() where weekdays != 0 {
            items.append("the \(English.place(index + 1)) \(English.weekdays(weekdays))\(ofMonths)")
        }
        if last != 0 { items.append("the last \(English.weekdays(last))\(ofMonths)") }
        return English.list(items, article ? "or" : "and")
    }
}
