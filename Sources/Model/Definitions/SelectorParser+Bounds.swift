import Recurrence

extension SelectorParser {
    /// What stands after `<` and its like: a number or a day.
    mutating func bound(_ comparison: SelectorTerm.Comparison) throws(RuleError) -> SelectorBound {
        let (text, place) = try words.placedValue()
        if let number = FactValue.number(text) { return .number(number, text) }
        if let day = Self.day(text) { return day }
        let hint =
            Age(text) == nil
            ? "write it like 16, 3.5, 2026-12-31 or today"
            : "write 'before \(text)' for what lies further back, 'after \(text)' for what does not"
        throw RuleError("'\(text)' is no number and no date", hint: hint, offset: place)
    }

    /// What stands after `before` and `after`: a day, or how long it is ago.
    mutating func day() throws(RuleError) -> SelectorBound {
        let (text, place) = try words.placedValue()
        if let day = Self.day(text) { return day }
        if let age = Age(text) { return .ago(age) }
        throw RuleError(
            "'\(text)' is no age and no date", hint: "write it like 5y, 90d, 2w, 2026-12-31 or today", offset: place)
    }

    /// What stands after `within`.
    mutating func age() throws(RuleError) -> Age {
        let (text, place) = try words.placedValue()
        guard let age = Age(text) else {
            throw RuleError("'\(text)' is no age", hint: "write it like 60d, 2w or 1y", offset: place)
        }
        return age
    }

    private static func day(_ text: String) -> SelectorBound? {
        text == "today" ? .today : CivilDate(text).map(SelectorBound.date)
    }
}
