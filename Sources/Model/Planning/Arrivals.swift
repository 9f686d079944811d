import Recurrence

/// Occurrences for which runs are to be made now.
struct Arrivals {
    /// So late an occurrence is found at most, where schedulers are there.
    static let promptly = Duration.seconds(60)
    /// So many that passed are made up for at most, where all are.
    static let mostCaughtUp = 100
    fileprivate static let passed = "it passed while no scheduler was there"

    struct One {
        var occurrence: Occurrence
        /// Why it is not run at all; nil where it is.
        var missed: String?
    }

    var due: [One] = []
    var through: Instant
    /// When the next one is to be made.
    var next: Instant?
    var isCut = false
}

extension Job {
    /// So many occurrences are made ahead of their time at most, as `lead` says: one more when the first of them has come.
    public static let mostAhead = 100

    /// How long before it is due an occurrence is made of a rollout over all clients: their clocks are 26 hours apart at most.
    public static let leadAcross = Duration.seconds(27 * 3600)
}

extension AssignmentState {
    /// How long before it is due an occurrence is made. A rollout over all clients is made when the first of them, in
    /// whatever zone, is due: their clocks are 26 hours apart at most.
    var lead: Duration {
        let lead = job.lead?.elapsed ?? .zero
        return job.rollout?.across == .clients ? max(lead, Job.leadAcross) : lead
    }

    func arrivals(now: Instant, most: Int) throws -> Arrivals {
        var arrivals = Arrivals(through: plannedThrough)
        var upcoming = try schedule.next(after: plannedThrough)
        let counted = try job.catchUp == .all ? passed(upTo: now) : 0
        let ahead = try AheadLimit(self, now: now)
        while let occurrence = upcoming, occurrence.at - lead <= now, !ahead.excludes(occurrence) {
            if arrivals.due.count == most {
                arrivals.isCut = true
                return arrivals
            }
            upcoming = try schedule.next(after: occurrence.at)
            let isLatest = upcoming.map { $0.at > now } ?? true
            let missed = missed(
                occurrence, isLatest: isLatest, place: counted - arrivals.due.count, now: now)
            arrivals.due.append(.init(occurrence: occurrence, missed: missed))
            arrivals.through = occurrence.at
        }
        arrivals.through = max(arrivals.through, now)
        arrivals.next = upcoming.map { ahead.excludes($0) ? max($0.at - lead, ahead.first ?? now) : $0.at - lead }
        return arrivals
    }

    /// - Parameter place: how many passed with it and after it.
    private func missed(_ occurrence: Occurrence, isLatest: Bool, place: Int, now: Instant) -> String? {
        switch job.catchUp {
        case .latest: return isLatest ? nil : "\(Arrivals.passed), and a later one was due already"
        case .none: return self.missed(foundAt: now, due: occurrence.at)
        case .all:
            return place > Arrivals.mostCaughtUp
                ? "\(Arrivals.passed), and more than \(Arrivals.mostCaughtUp) later ones were due already" : nil
        }
    }

    /// Why what is found so late is not run, where nothing is made up for; nil where it is.
    func missed(foundAt now: Instant, due: Instant) -> String? {
        guard job.catchUp == .none, now - due > Arrivals.promptly else { return nil }
        return "\(Arrivals.passed), and catchUp is none"
    }

    /// How many are due up to now of those that are not planned.
    private func passed(upTo now: Instant) throws -> Int {
        var count = 0
        var last = plannedThrough
        while let occurrence = try schedule.next(after: last), occurrence.at <= now {
            count += 1
            last = occurrence.at
        }
        return count
    }
}
