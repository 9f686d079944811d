/// Says a recurrence rule in English, without its zone and offset.
struct RuleWords {
    let rule: RecurrenceRule
    let start: LocalTime
    let times: TimeOfDaySet

    /// `at 02:00 on the second Tuesday of every month`
    var text: String {
        var text = rule.frequency > .daily ? within : times.inWords + " " + days
        if !rule.bySetPosition.isEmpty, !choosesWeekday {
            text += ", only the \(English.list(positions)) of these in each \(unit)"
        }
        switch rule.skip {
        case .omit: break
        case .backward: text += " (the day before where there is no such day)"
        case .forward: text += " (the day after where there is no such day)"
        }
        if rule.interval > 1 { text += ", counted from \(start.date)" }
        if let count = rule.count { text += count == 1 ? ", once" : ", \(English.number(count)) times" }
        switch rule.until {
        case .date(let date): text += ", until \(date)"
        case .local(let local): text += ", until \(local)"
        case .utc(let instant): text += ", until \(instant)"
        case nil: break
        }
        return text
    }

    private var unit: String {
        switch rule.frequency {
        case .yearly: "year"
        case .monthly: "month"
        case .weekly: "week"
        case .daily: "day"
        case .hourly: "hour"
        case .minutely: "minute"
        case .secondly: "second"
        }
    }

    private var days: String {
        switch rule.frequency {
        case .yearly: yearly
        case .monthly: monthly
        case .weekly: weekly
        default: English.every(rule.interval, "day") + limits
        }
    }

    private var weekly: String {
        let names = rule.byDay.isEmpty ? start.date.weekday.name : English.weekdays(plainWeekdays)
        let positioned = choosesWeekday ? "on \(weekdayPhrase) of every week" : "every \(names)"
        if rule.interval == 1 { return positioned + inMonths }
        return "on \(choosesWeekday ? weekdayPhrase : names) \(English.of(rule.interval, "week"))" + inMonths
    }

    private var monthly: String {
        let months = rule.byMonth.isEmpty || rule.interval > 1 ? English.of(rule.interval, "month") : "of \(monthNames)"
        let also = rule.interval > 1 ? inMonths : ""
        return "on \(dayPhrase) \(months)" + also
    }

    private var yearly: String {
        let years = English.every(rule.interval, "year")
        if !rule.byWeekNumber.isEmpty {
            let day = rule.byDay.isEmpty ? "every day" : "on \(English.weekdays(plainWeekdays))"
            let weeks = rule.byWeekNumber.count == 1 ? "week" : "weeks"
            return
                "\(day) in \(weeks) \(English.list(rule.byWeekNumber.map(String.init))) \(English.of(rule.interval, "year"))"
                + inMonths
        }
        if !rule.byYearDay.isEmpty {
            let days = English.list(rule.byYearDay.map { English.place($0) })
            let restriction = rule.byDay.isEmpty && rule.byMonthDay.isEmpty ? "" : " where that is \(dayPhrase)"
            return "on the \(days) day \(English.of(rule.interval, "year"))\(restriction)" + inMonths
        }
        if rule.byMonth.isEmpty, rule.byMonthDay.isEmpty, rule.byDay.isEmpty {
            return "on \(start.date.day) \(English.months[start.date.month - 1]) \(years)"
        }
        if rule.byMonth.isEmpty, rule.byMonthDay.isEmpty {
            return rule.byDay.contains { $0.n != 0 } || choosesWeekday
                ? "on \(dayPhrase) \(English.of(rule.interval, "year"))"
                : "every \(English.weekdays(plainWeekdays)) \(English.of(rule.interval, "year"))"
        }
        let months = rule.byMonth.isEmpty ? "of every month" : "of \(monthNames)"
        return "on \(dayPhrase) \(months) \(years)"
    }

    /// `the 15th`, `the second Tuesday`, `the 13th where that is a Friday`
    private var dayPhrase: String {
        var monthDays = rule.byMonthDay
        if monthDays.isEmpty, rule.byDay.isEmpty { monthDays = [start.date.day] }
        let fromEnd = monthDays.filter { $0 < 0 }.reversed().map { "the \(English.place($0)) day" }
        let fromStart = monthDays.filter { $0 > 0 }
        var items = fromStart.isEmpty ? [] : ["the " + English.ranges(fromStart, English.ordinal)]
        items += fromEnd
        if rule.byDay.isEmpty { return English.list(items) }
        if items.isEmpty { return weekdayPhrase }
        let weekdays = rule.byDay.map { $0.n == 0 ? "a \($0.weekday.name)" : "the \(Self.nth($0))" }
        return "\(English.list(items)) where that is \(English.list(weekdays, "or"))"
    }

    private var weekdayPhrase: String {
        if choosesWeekday {
            let names = plainWeekdays == 0b1_1111 ? "weekday" : English.list(rule.byDay.map(\.weekday.name), "or")
            return English.list(positions.map { "the \($0)" }) + " \(names)"
        }
        let numbered = rule.byDay.filter { $0.n != 0 }.sorted { ($0.n > 0 ? 0 : 1, $0.n) < ($1.n > 0 ? 0 : 1, $1.n) }
        var items = numbered.map { "the \(Self.nth($0))" }
        if plainWeekdays != 0 { items.append("every \(English.weekdays(plainWeekdays))") }
        return English.list(items)
    }

    /// Whether BYSETPOS chooses among weekdays: `the last weekday`.
    private var choosesWeekday: Bool {
        !rule.bySetPosition.isEmpty && plainWeekdays != 0 && rule.byDay.allSatisfy { $0.n == 0 } && times.count == 1
            && rule.byMonthDay.isEmpty && rule.byYearDay.isEmpty && rule.byWeekNumber.isEmpty
            && [.weekly, .monthly].contains(rule.frequency)
    }

    private var positions: [String] {
        rule.bySetPosition.sorted { ($0 > 0 ? 0 : 1, $0) < ($1 > 0 ? 0 : 1, $1) }.map(English.place)
    }

    private var plainWeekdays: UInt8 { rule.byDay.reduce(0) { $1.n == 0 ? $0 | 1 << UInt8($1.weekday.bit) : $0 } }
    private var monthNames: String { English.ranges(rule.byMonth) { English.months[$0 - 1] } }
    private var inMonths: String { rule.byMonth.isEmpty ? "" : " in \(monthNames)" }
    private static func nth(_ day: RecurrenceRule.Day) -> String { "\(English.place(day.n)) \(day.weekday.name)" }

    /// What is left of every day, for frequencies of a day and less.
    private var limits: String {
        var text = ""
        if !rule.byMonthDay.isEmpty || !rule.byDay.isEmpty { text += " that is " + dayLimit }
        if !rule.byYearDay.isEmpty {
            text += " on the \(English.list(rule.byYearDay.map { English.place($0) })) day of the year"
        }
        return text + inMonths
    }

    private var dayLimit: String {
        let weekdays = "a " + English.list(rule.byDay.map(\.weekday.name), "or")
        if rule.byMonthDay.isEmpty { return weekdays }
        let days = rule.byMonthDay.map {
            $0 > 0 ? "the \(English.ordinal($0))" : "the \(English.place($0)) day of its month"
        }
        return English.list(days, "or") + (rule.byDay.isEmpty ? "" : " and \(weekdays)")
    }

    /// `every 90 minutes`, `every hour at 15 minutes past, on every day that is a Monday`
    private var within: String {
        var text = English.every(rule.interval, unit)
        let (minutes, seconds) = (English.bits(times.minutes), English.bits(times.seconds))
        if rule.frequency == .hourly, minutes != [0] {
            text += " at the \(minutes.count == 1 ? "minute" : "minutes") \(English.ranges(minutes, String.init))"
        }
        if rule.frequency == .minutely, !rule.byMinute.isEmpty {
            text += " that is one of the minutes \(English.ranges(minutes, String.init)) of its hour"
        }
        if rule.frequency == .secondly ? !rule.bySecond.isEmpty : seconds != [0] {
            text += " at the \(seconds.count == 1 ? "second" : "seconds") \(English.ranges(seconds, String.init))"
        }
        if rule.frequency == .secondly, !rule.byMinute.isEmpty {
            text += " in the minutes \(English.ranges(minutes, String.init))"
        }
        if !rule.byHour.isEmpty { text += " in the hours \(English.ranges(rule.byHour) { digits($0, 2) })" }
        return limits.isEmpty ? text : text + ", on every day" + limits
    }
}
