import Recurrence

extension AssignmentState {
    /// Where a run that is not going stands now: ready, in a person's hands, or held and why.
    func gate(due: Instant, lane: Lane, now: Instant) throws -> Placement {
        if lane == .proactive, let pause, pause.isActive(at: now) {
            return .held(.paused, why: pause.inWords, lookAt: pause.until)
        }
        if case .task(let task) = job.action {
            return placement(of: task, now: now)
        }
        if due > now { return .held(.due, why: "due at \(due)", lookAt: due) }
        guard let window else { return .ready(notBefore: due, startBy: nil) }
        return try gate(of: window, due: due, now: now)
    }

    private func gate(of window: Window, due: Instant, now: Instant) throws -> Placement {
        let name = job.window ?? ""
        guard let chance = try window.nextStart(after: now, lasting: job.action.longest) else {
            return .held(.window, why: "no opening of window \(name) is long enough", lookAt: nil)
        }
        if chance.start <= now { return .ready(notBefore: due, startBy: chance.startBy) }
        let closed = window.closedReason(at: now)
        switch closed {
        case .freeze, .day:
            return .held(
                .frozen, why: "\(closed?.text ?? "closed"); window \(name) opens at \(chance.start)",
                lookAt: chance.start)
        case .betweenOpenings, .cutoff, nil:
            return .held(.window, why: "window \(name) opens at \(chance.start)", lookAt: chance.start)
        }
    }

    /// A task is in a person's hands at once, but for a review that finds nothing: that is done already.
    private func placement(of task: TaskAction, now: Instant) -> Placement {
        var checklist: [String] = []
        if let review = task.review {
            checklist = review.checklist(of: reviewable, on: schedule.zone.local(now).date)
            if checklist.isEmpty { return .done(.succeeded, reason: review.nothingFound) }
        }
        return .waiting(assignee: task.assignee, checklist: checklist + task.steps)
    }
}

extension Action {
    /// The longest that it can take, for which room must be left before a window closes.
    public var longest: Duration {
        switch self {
        case .exec(let exec): exec.timeout.elapsed
        case .task, .remind: .zero
        }
    }
}
