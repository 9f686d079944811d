import Model

/// Who names a calendar, in the order of names.
struct CalendarUsers {
    /// Those that it closes, or whose openings it moves.
    var windows: [String]
    /// Those whose holidays it holds.
    var clients: [String]
    /// Those that name it for their business days; not those that take their clients' own.
    var jobs: [String]

    init(of calendar: String, in catalogue: Catalogue) {
        windows = catalogue.windows.values
            .filter { $0.except.contains(calendar) || $0.opens?.holidays?.contains(calendar) == true }
            .map(\.name).sorted()
        clients = catalogue.clients.values.filter { $0.holidays.contains(calendar) }.map(\.name).sorted()
        jobs = catalogue.jobs.values.filter { $0.schedule.holidays?.contains(calendar) == true }.map(\.name).sorted()
    }
}
