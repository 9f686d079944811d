import Model
import Recurrence

extension MonthReport {
    /// Looks at what is defined, and at nothing that has happened.
    ///
    /// Windows are those that the client's jobs name, and those that no job at all names; calendars those of its
    /// holidays, of these windows and of the jobs' own business days.
    public init(_ month: CalendarMonth, of client: Client, in catalogue: Catalogue) throws(MonthProblem) {
        self.client = client
        self.month = month
        zone = try Self.zone(client)
        days = month.days.map { Day(date: $0) }
        let jobs = catalogue.jobs.values.filter { $0.clients.matches(client) }.sorted { $0.name < $1.name }
        let windows = Self.windows(of: jobs, catalogue)
        for rule in windows {
            try Self.explaining("window/\(rule.name)") { try open(rule, catalogue.calendars) }
        }
        let names = Set(
            client.holidays + windows.flatMap { $0.calendars(for: client) }
                + jobs.flatMap { $0.schedule.calendars(for: client) }
        ).sorted()
        for calendar in names.compactMap({ catalogue.calendars[$0] }) {
            try Self.explaining("calendar/\(calendar.name)") { try close(calendar) }
        }
        for job in jobs { try Self.explaining("job/\(job.name)") { try add(job, catalogue.calendars) } }
        for index in days.indices {
            days[index].opened.sort { ($0.opening.opens, $0.window) < ($1.opening.opens, $1.window) }
            days[index].due.sort { ($0.first, $0.job) < ($1.first, $1.job) }
        }
    }

    private static func windows(of jobs: [Job], _ catalogue: Catalogue) -> [WindowRule] {
        let own = Set(jobs.compactMap(\.window))
        let named = Set(catalogue.jobs.values.compactMap(\.window))
        return catalogue.windows.values.filter { own.contains($0.name) || !named.contains($0.name) }
            .sorted { $0.name < $1.name }
    }

    private var begin: Instant { zone.startOfDay(month.first) }
    /// The first moment of the month after; all time ends with the last one there is.
    private var end: Instant {
        let last = month.first.adding(days: days.count - 1)
        return last == .last ? .distantFuture : zone.startOfDay(last.adding(days: 1))
    }

    private mutating func open(_ rule: WindowRule, _ calendars: [String: Calendar]) throws {
        let end = end
        for opening in try rule.window(for: client, calendars: calendars).openings(after: begin) {
            guard opening.opens < end else { break }
            days[index(max(opening.opens, begin))].opened.append(Opened(window: rule.name, opening: opening))
        }
    }

    private mutating func close(_ calendar: Calendar) throws {
        for day in calendar.days {
            let closed = try Calendar(name: calendar.name, days: [day]).closedDays()
            for index in days.indices where closed.reason(on: days[index].date) != nil {
                days[index].closed.append(
                    Closed(
                        kind: .holiday, name: day.name ?? calendar.name, calendar: calendar.name,
                        through: days[index].date))
            }
        }
        for freeze in calendar.freezes {
            for index in days.indices where freeze.from <= days[index].date && days[index].date <= freeze.through {
                days[index].closed.append(
                    Closed(
                        kind: .freeze, name: freeze.reason ?? calendar.name, calendar: calendar.name,
                        through: freeze.through))
            }
        }
    }

    private mutating func add(_ job: Job, _ calendars: [String: Calendar]) throws {
        let end = end
        var today: (index: Int, due: Due)?
        for occurrence in try job.schedule.schedule(for: client, calendars: calendars)
            .occurrences(after: begin - .microseconds(1))
        {
            guard occurrence.at < end else { break }
            let index = index(occurrence.at)
            if today?.index == index {
                today?.due.count += 1
                today?.due.last = occurrence.at
            } else {
                if let today { days[today.index].due.append(today.due) }
                today = (index, Due(job: job.name, count: 1, first: occurrence.at, last: occurrence.at))
            }
        }
        if let today { days[today.index].due.append(today.due) }
    }

    private func index(_ instant: Instant) -> Int {
        zone.local(instant).date.daysSinceEpoch - month.first.daysSinceEpoch
    }

    private static func explaining(_ place: String, _ body: () throws -> Void) throws(MonthProblem) {
        do {
            try body()
        } catch let error as RuleError {
            throw MonthProblem(place: place, message: error.message, hint: error.hint)
        } catch let error as ZoneError {
            throw MonthProblem(place: place, message: error.message, hint: error.hint)
        } catch {
            throw MonthProblem(place: place, message: "\(error)", hint: nil)
        }
    }
}
