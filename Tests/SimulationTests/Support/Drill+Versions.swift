import Model
import Recurrence

/// Which definitions counted when: what is edited counts from then on, or from when a scheduler lives that looks.
extension Drill {
    /// The definitions that schedulers had seen when an attempt began; of what is gone, the last that there were.
    func seen(_ name: String, at start: Ledger.Start) -> Catalogue? {
        versions[...start.seen].last { $0.jobs[name] != nil }
    }

    /// The window of an attempt's job as it counted when that began; nil is at any time.
    func window(of assignment: WorldAssignment, at start: Ledger.Start) throws -> Window? {
        guard let catalogue = seen(assignment.job.name, at: start),
            let name = catalogue.jobs[assignment.job.name]?.window, let rule = catalogue.windows[name]
        else { return nil }
        return try rule.window(
            for: catalogue.clients[assignment.client.name] ?? assignment.client, calendars: catalogue.calendars)
    }

    /// The groups of a run by the definitions with which it was planned, and how many may be at work in each when an attempt
    /// begins: limits count at once, for all that was ever planned with one; nil is as many as there are.
    func limits(of run: Int, at start: Ledger.Start) -> [(key: String, most: Int?)] {
        let assignment = world.assignments[world.runs[run].assignment]
        let (job, client) = (assignment.job.name, assignment.client.name)
        var limits: [(String, Int?)] = []
        let made = versions[plannedBy[run] ?? 0]
        if made.jobs[job]?.atOnce != nil {
            limits.append(("job \(job)", versions[...start.applied].last { $0.jobs[job] != nil }?.jobs[job]?.atOnce))
        }
        if made.clients[client]?.atOnce != nil {
            limits.append(("client \(client)", versions[start.applied].clients[client]?.atOnce))
        }
        return limits
    }
}
