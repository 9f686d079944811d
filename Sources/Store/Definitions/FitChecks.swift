import Model
import Recurrence

/// Whether a job can run for a client at all: its rule fires, and a run fits an opening of its window.
struct FitChecks: Sendable {
    let catalogue: Catalogue
    let now: Instant

    /// What is wrong with these jobs for these clients, one reason for each.
    func refusals(_ assignments: [AssignmentName]) -> [ApplyRefused.Reason] {
        assignments.compactMap { name in
            guard let job = catalogue.jobs[name.job], let client = catalogue.clients[name.client] else { return nil }
            do {
                try check(job, client)
                return nil
            } catch let error as RuleError {
                return reason(name, error.message, error.hint)
            } catch let error as ZoneError {
                return reason(name, error.message, error.hint)
            } catch {
                return reason(name, "\(error)", nil)
            }
        }
    }

    private func check(_ job: Job, _ client: Client) throws {
        try job.schedule.schedule(for: client, calendars: catalogue.calendars).check(now: now)
        guard let name = job.window, let rule = catalogue.windows[name] else { return }
        _ = try rule.window(for: client, calendars: catalogue.calendars)
            .nextStart(after: now, lasting: job.action.longest)
    }

    private func reason(_ name: AssignmentName, _ message: String, _ hint: String?) -> ApplyRefused.Reason {
        ApplyRefused.Reason("job/\(name.job)", "for client \(name.client): \(message)", hint: hint)
    }
}
