import Model
import Recurrence
import Store

/// The jobs' schedules, each laid onto a client's zone once. What cannot be is told once, and asked no more.
struct ScheduleBook {
    private struct Page: Hashable {
        var job: String
        var zone: String
        /// Nil where only the client's zone matters.
        var client: String?
    }

    private struct Place: Hashable {
        var window: String
        var client: String
    }

    private let catalogue: Catalogue
    private let pauses: [ForecastFacts.Paused]
    /// By name, where a pause asks for their labels.
    private let assets: [String: Asset]
    private var schedules: [Page: Schedule?] = [:]
    private var windows: [Place: Window?] = [:]
    private(set) var problems: [String] = []

    init(_ catalogue: Catalogue, pauses: [ForecastFacts.Paused] = [], assets: [String: Asset] = [:]) {
        self.catalogue = catalogue
        self.pauses = pauses
        self.assets = assets
    }

    /// When a job is next due at a client; nil where it never is, or where that cannot be said.
    mutating func next(job: String, client: String, after now: Instant) -> Instant? {
        guard let schedule = schedule(job: job, client: client) else { return nil }
        return told(job, client) { try schedule.next(after: now)?.at }
    }

    /// What follows a run that is done; nil for one that is not.
    mutating func future(of row: RunRow, successor: RunRow?, now: Instant) -> Explanation.Future? {
        guard !row.state.isOpen else { return nil }
        if let successor { return .run(successor, then: future(of: successor, successor: nil, now: now)) }
        guard let next = next(of: row, after: now) else { return nil }
        guard let due = next.at else { return next.pause.map { .paused($0) } }
        return .due(due, start: start(job: row.job, client: row.client, notBefore: due), after: next.pause)
    }

    /// When the work of a run is due again, as far as pauses let it be.
    private mutating func next(of row: RunRow, after now: Instant) -> NextDue? {
        guard let job = catalogue.jobs[row.job], let client = catalogue.clients[row.client],
            let schedule = schedule(job: row.job, client: row.client)
        else { return nil }
        // Of one whose labels no pause asks for the name is enough.
        let asset = row.asset.map { assets[$0] ?? Asset(name: $0, client: row.client, kind: "") }
        let subject = RunSubject(client: client, asset: asset)
        let holding = pauses.filter { $0.subject.holds(job, on: subject) }.map(\.pause)
        return told(row.job, row.client) { try job.nextDue(after: now, by: schedule, pauses: holding) }
    }

    /// When a run may next start, in the job's window and with time enough left in it; the moment itself where it needs
    /// none.
    mutating func start(job name: String, client: String, notBefore moment: Instant) -> Instant? {
        guard let job = catalogue.jobs[name], let window = job.window, catalogue.windows[window] != nil,
            catalogue.clients[client] != nil
        else { return moment }
        // A person has a task in hand at any hour.
        if case .task = job.action { return moment }
        let hours = self.window(window, of: name, client: client)
        return told(name, client) { try hours?.nextStart(after: moment, lasting: job.action.longest)?.start }
    }

    /// What an open run of a list waits for, with when it may start in its window, where that is not before some moment.
    mutating func explanation(_ row: RunRow, queues: QueueWatch, future: Explanation.Future? = nil, now: Instant)
        -> Explanation
    {
        var explanation = Explanation(of: row, queues: queues, future: future, now: now)
        if row.state.isOpen, row.lane == .proactive, let chance = explanation.nextChance {
            let spread = catalogue.jobs[row.job]?.schedule.spread
            let due = row.due + (spread?.shift(of: row.job, target: row.asset ?? row.client) ?? .zero)
            explanation.nextChance = start(job: row.job, client: row.client, notBefore: max(chance, due, now))
        }
        return explanation
    }

    /// The window of a job as it stands for a client.
    private mutating func window(_ name: String, of job: String, client: String) -> Window? {
        let place = Place(window: name, client: client)
        if let known = windows[place] { return known }
        let calendars = catalogue.calendars
        guard let rule = catalogue.windows[name], let client = catalogue.clients[client] else { return nil }
        let window = told(job, client.name) { try rule.window(for: client, calendars: calendars) }
        windows[place] = .some(window)
        return window
    }

    /// The first moment that nobody planned and nothing settled, if it is overdue.
    mutating func firstUnplanned(
        of assignment: PlannedThrough, settled: Instant?, now: Instant
    ) -> Unplanned? {
        guard let job = catalogue.jobs[assignment.job],
            let schedule = schedule(job: assignment.job, client: assignment.client)
        else { return nil }
        return told(assignment.job, assignment.client) {
            try job.firstUnplanned(
                by: schedule, plannedThrough: assignment.plannedThrough, settled: settled, now: now)
        }
    }

    private mutating func schedule(job name: String, client: String) -> Schedule? {
        guard let job = catalogue.jobs[name], let client = catalogue.clients[client] else { return nil }
        let page = Page(
            job: name, zone: client.timezone, client: job.schedule.businessDay == nil ? nil : client.name)
        if let known = schedules[page] { return known }
        let calendars = catalogue.calendars
        let schedule = told(name, client.name) { try job.schedule.schedule(for: client, calendars: calendars) }
        schedules[page] = .some(schedule)
        return schedule
    }

    /// Nil where it throws, which then stands among the problems.
    private mutating func told<T>(_ job: String, _ client: String, _ body: () throws -> T?) -> T? {
        do {
            return try body()
        } catch {
            let problem = "job \(job) for client \(client): \(error)"
            if !problems.contains(problem) { problems.append(problem) }
            return nil
        }
    }
}
