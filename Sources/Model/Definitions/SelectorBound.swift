import Recurrence

/// With what a comparison compares.
public enum SelectorBound: Hashable, Sendable {
    /// The number, and its text as it was written.
    case number(Double, String)
    case date(CivilDate)
    case today
    /// The day so long before today.
    case ago(Age)
    /// The day so long after today.
    case ahead(Age)

    /// False where the text is no value of the bound's kind: it cannot be compared.
    func holds(_ comparison: SelectorTerm.Comparison, for text: String, on today: CivilDate) -> Bool {
        if case .number(let bound, _) = self {
            return FactValue.number(text).map { comparison.holds($0, bound) } ?? false
        }
        return CivilDate(text).map { comparison.holds($0, day(on: today)) } ?? false
    }

    private func day(on today: CivilDate) -> CivilDate {
        switch self {
        case .date(let date): date
        case .ago(let age): age.limit(on: today)
        case .ahead(let age): age.limit(after: today)
        case .today, .number: today
        }
    }
}

extension SelectorBound: CustomStringConvertible {
    /// As it is written.
    public var description: String {
        switch self {
        case .number(_, let text): text
        case .date(let date): date.description
        case .today: "today"
        case .ago(let age), .ahead(let age): age.description
        }
    }
}
