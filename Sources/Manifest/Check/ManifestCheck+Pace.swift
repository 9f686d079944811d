import Model
import Recurrence

/// Spans that are allowed, and longer than what they stand beside leaves time for: some targets would never have their turn.
extension ManifestCheck {
    mutating func checkPace(_ job: Job, _ document: Document) {
        checkAhead(job, document)
        if let spread = job.schedule.spread { checkRoom(for: spread, job, document) }
        // What waits for its turn, or goes beside the last one, is not given up when the next is due.
        let waits = job.overlap == .allow || job.overlap == .queue || (job.overlap == .skip && job.catchUp == .all)
        guard !waits, let period = shortestPeriod(job) else { return }
        let next = "the next is due after \(Span(seconds: period.components.seconds))"
        let hint = "make it shorter, or say 'overlap: queue'"
        if let spread = job.schedule.spread, spread.elapsed > period {
            warn(
                document, "schedule.spread",
                "\(next), and what 'spread' moves past that is missed, the same targets each time", hint: hint)
        }
        let soak = (job.rollout?.rings ?? []).reduce(Duration.zero) { $0 + ($1.soak?.elapsed ?? .zero) }
        if soak > period {
            warn(document, "rollout.rings", "\(next), and rings that still wait for a soak then are missed", hint: hint)
        }
    }

    private mutating func checkAhead(_ job: Job, _ document: Document) {
        let isAcross = job.rollout?.across == .clients
        let lead = max(job.lead?.elapsed ?? .zero, isAcross ? Job.leadAcross : .zero)
        guard lead > .zero, let period = shortestPeriod(job), lead > period * Job.mostAhead else { return }
        let ahead = lead.components.seconds / max(1, period.components.seconds)
        if isAcross, lead == Job.leadAcross {
            refuse(
                document, "rollout.across", "\(ahead) occurrences would wait for clients in all time zones at once",
                hint:
                    "the job is due every \(Span(seconds: period.components.seconds)): make it rarer, or leave 'across' out"
            )
        } else {
            refuse(
                document, "lead", "\(ahead) occurrences would be made ahead of their time",
                hint: "at most \(Job.mostAhead) are: make 'lead' shorter")
        }
    }

    private mutating func checkRoom(for spread: Span, _ job: Job, _ document: Document) {
        guard let name = job.window, let window = catalogue.windows[name], let duration = window.duration else {
            return
        }
        let room = duration.elapsed - max(window.cutoff?.elapsed ?? .zero, job.action.longest)
        guard spread.elapsed > room, room > .zero else { return }
        warn(
            document, "schedule.spread",
            "targets that it moves past the last start of window '\(name)' wait for its next opening",
            hint: "there are \(Span(seconds: room.components.seconds)) from its opening to its last start")
    }

    /// Between two of the next moments; nil where there are not two, or where the rule is wrong, which is told elsewhere.
    private func shortestPeriod(_ job: Job) -> Duration? {
        do {
            let schedule = try job.schedule.schedule(in: .utc)
            var last = try schedule.next(after: now)
            var shortest: Duration?
            for _ in 0..<12 {
                guard let one = last, let other = try schedule.next(after: one.at) else { break }
                shortest = min(shortest ?? other.at - one.at, other.at - one.at)
                last = other
            }
            return shortest
        } catch {
            return nil
        }
    }
}
