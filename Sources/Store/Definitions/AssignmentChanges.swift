import Model

/// What becomes of the assignments when definitions change: a pure comparison.
struct AssignmentChanges: Sendable {
    /// New: their schedule counts from now on.
    var made: [AssignmentName] = []
    var removed: [AssignmentName] = []
    /// Their rule, or the zone in which it is read, is another one: it counts from now on.
    var rescheduled: [AssignmentName] = []
    /// Something else that planning reads has changed: a scheduler is to look at them.
    var woken: [AssignmentName] = []

    init(stored: StoredDefinitions, changes: DefinitionChanges) {
        let touched = Touched(stored: stored, changes: changes)
        var left = stored.assignments
        for job in changes.after.jobs.values {
            for client in changes.after.clients(of: job) {
                let name = AssignmentName(job: job.name, client: client.name)
                if left.remove(name) == nil {
                    made.append(name)
                } else if Self.isRescheduled(job, client, from: stored.catalogue, to: changes.after) {
                    rescheduled.append(name)
                } else if touched.contains(job, client, changes.after) {
                    woken.append(name)
                }
            }
        }
        removed = left.sorted()
        made.sort()
        rescheduled.sort()
        woken.sort()
    }

    /// Whether the rule, read in its own zone or the client's and with its business days, is not what it was.
    private static func isRescheduled(
        _ job: Job, _ client: Client, from before: Catalogue, to after: Catalogue
    ) -> Bool {
        guard let oldJob = before.jobs[job.name], let oldClient = before.clients[client.name] else { return true }
        return ScheduleBasis(oldJob.schedule, for: oldClient, calendars: before.calendars)
            != ScheduleBasis(job.schedule, for: client, calendars: after.calendars)
    }

    var isEmpty: Bool { made.isEmpty && removed.isEmpty && rescheduled.isEmpty && woken.isEmpty }

    /// For people: what is only looked at again is not told.
    var told: [ApplyResult.Assignment] {
        let all: [([AssignmentName], ApplyResult.Assignment.Change)] = [
            (made, .made), (removed, .removed), (rescheduled, .rescheduled),
        ]
        return all.flatMap { names, change in
            names.map { ApplyResult.Assignment(job: $0.job, client: $0.client, change: change) }
        }.sorted { ($0.job, $0.client) < ($1.job, $1.client) }
    }
}

/// The names of what has changed, by kind.
private struct Touched {
    var jobs: Set<String>
    var clients: Set<String>
    var windows: Set<String>
    var calendars: Set<String>
    /// Clients whose assets have changed, come or gone.
    var owners: Set<String>

    init(stored: StoredDefinitions, changes: DefinitionChanges) {
        jobs = changes.touched(.job)
        clients = changes.touched(.client)
        windows = changes.touched(.window)
        calendars = changes.touched(.calendar)
        owners = []
        for name in changes.touched(.asset) {
            for asset in [stored.catalogue.assets[name], changes.after.assets[name]] {
                if let asset { owners.insert(asset.client) }
            }
        }
    }

    func contains(_ job: Job, _ client: Client, _ catalogue: Catalogue) -> Bool {
        if jobs.contains(job.name) || clients.contains(client.name) || owners.contains(client.name) { return true }
        guard let name = job.window else { return false }
        if windows.contains(name) { return true }
        guard !calendars.isEmpty, let window = catalogue.windows[name] else { return false }
        return !calendars.isDisjoint(with: window.calendars(for: client))
    }
}
