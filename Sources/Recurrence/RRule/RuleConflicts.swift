/// Which parts RFC 5545 section 3.3.10 does not let stand together.
struct RuleConflicts {
    private let rule: RecurrenceRule
    private let offsets: [String: Int]

    init(_ rule: RecurrenceRule, _ offsets: [String: Int]) {
        self.rule = rule
        self.offsets = offsets
    }

    func check() throws(RuleError) {
        let frequency = rule.frequency
        if rule.count != nil, rule.until != nil {
            throw error("UNTIL", "COUNT and UNTIL do not go together", "keep one of them")
        }
        if !rule.byWeekNumber.isEmpty, frequency != .yearly {
            throw error("BYWEEKNO", "BYWEEKNO goes only with FREQ=YEARLY", "take it away, or write FREQ=YEARLY")
        }
        if !rule.byYearDay.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
            throw error("BYYEARDAY", "BYYEARDAY does not go with FREQ=\(frequency.code)", "write FREQ=YEARLY")
        }
        if !rule.byMonthDay.isEmpty, frequency == .weekly {
            throw error("BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY", "write FREQ=MONTHLY")
        }
        try checkNth()
        let others = [
            rule.byMonth, rule.byWeekNumber, rule.byYearDay, rule.byMonthDay, rule.byHour, rule.byMinute, rule.bySecond,
        ]
        if !rule.bySetPosition.isEmpty, rule.byDay.isEmpty, others.allSatisfy(\.isEmpty) {
            throw error(
                "BYSETPOS", "BYSETPOS needs another BY part to choose from", "'BYDAY=MO,TU,WE,TH,FR', for instance")
        }
    }

    private func checkNth() throws(RuleError) {
        guard rule.byDay.contains(where: { $0.n != 0 }) else { return }
        guard rule.frequency <= .monthly else {
            throw error(
                "BYDAY", "a numbered BYDAY goes only with FREQ=MONTHLY or YEARLY",
                "take the number away, or write FREQ=MONTHLY")
        }
        guard rule.byWeekNumber.isEmpty else {
            throw error("BYDAY", "a numbered BYDAY does not go with BYWEEKNO", "take the number away")
        }
        let inMonth = rule.frequency == .monthly || !rule.byMonth.isEmpty
        if inMonth, let day = rule.byDay.first(where: { abs($0.n) > 5 }) {
            throw error("BYDAY", "no month has \(abs(day.n)) \(day.weekday.name)s", "write 1 to 5, or -1 to -5")
        }
    }

    private func error(_ part: String, _ message: String, _ hint: String) -> RuleError {
        RuleError(message, hint: hint, offset: offsets[part])
    }
}
