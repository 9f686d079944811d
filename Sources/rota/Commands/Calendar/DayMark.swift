import Reports

/// What stands beside a day in the grid of a month.
enum DayMark: Character, CaseIterable {
    case freeze = "f"
    case holiday = "h"
    case opened = "w"
    case due = "j"

    func isOn(_ day: MonthReport.Day) -> Bool {
        switch self {
        case .freeze: day.closed.contains { $0.kind == .freeze }
        case .holiday: day.closed.contains { $0.kind == .holiday }
        case .opened: !day.opened.isEmpty
        case .due: !day.due.isEmpty
        }
    }

    var word: String {
        switch self {
        case .freeze: "freeze"
        case .holiday: "holiday"
        case .opened: "a window opens"
        case .due: "a job is due"
        }
    }

    /// Nil stands out least: nearly every day has a job.
    var style: Style? {
        switch self {
        case .freeze: .bad
        case .holiday: .warning
        case .opened: .good
        case .due: nil
        }
    }
}
