import Recurrence

extension AssignmentState {
    /// What is to be done for this assignment now. Given the same state and time it always answers the same,
    /// so that any scheduler may ask at any moment, and a crash between asking and writing loses nothing.
    ///
    /// - Parameter limit: at about so many new runs the plan stops, and asks to be woken again at once.
    /// - Throws: what the schedule or window throws past the horizon of the calendar.
    public func plan(now: Instant, limit: Int = 2_000) throws -> Plan {
        let arrivals = try arrivals(now: now, most: max(1, limit / max(1, targets.count)))
        var moves = try openMoves(now: now)
        var occurrences: [PlannedOccurrence] = []
        for arrival in arrivals.due {
            let (occurrence, superseded) = try place(arrival, now: now)
            occurrences.append(occurrence)
            for move in superseded { moves.updateValue(move, forKey: move.run.id) }
        }
        let sorted = moves.values.sorted { $0.run.id < $1.run.id }
        return Plan(
            occurrences: occurrences, moves: sorted, plannedThrough: arrivals.through,
            wakeAt: arrivals.isCut ? now : wakeAt(next: arrivals.next, occurrences: occurrences, moves: sorted))
    }

    /// Occurrences for which runs are to be made now.
    struct Arrivals {
        struct One {
            var occurrence: Occurrence
            var isLatest: Bool
        }
        var due: [One] = []
        var through: Instant
        /// When the next one is to be made.
        var next: Instant?
        var isCut = false
    }

    private func arrivals(now: Instant, most: Int) throws -> Arrivals {
        let lead = job.lead?.elapsed ?? .zero
        var arrivals = Arrivals(through: plannedThrough)
        var upcoming = try schedule.next(after: plannedThrough)
        while let occurrence = upcoming, occurrence.at - lead <= now {
            if arrivals.due.count == most {
                arrivals.isCut = true
                return arrivals
            }
            upcoming = try schedule.next(after: occurrence.at)
            // Of what passed while nobody planned only the last is run (`catchUp: latest`).
            let isLatest = upcoming.map { $0.at > now } ?? true
            arrivals.due.append(.init(occurrence: occurrence, isLatest: isLatest))
            arrivals.through = occurrence.at
        }
        arrivals.through = max(arrivals.through, now)
        arrivals.next = upcoming.map { $0.at - lead }
        return arrivals
    }

    /// The occurrence with its runs, and the moves of older runs that were never started and give way to it.
    private func place(
        _ arrival: Arrivals.One, now: Instant
    ) throws -> (PlannedOccurrence, superseded: [Move]) {
        let occurrence = arrival.occurrence
        var superseded: [Move] = []
        var runs: [PlannedRun] = []
        let openByTarget = Dictionary(grouping: open, by: \.target)
        for target in targets {
            let older = openByTarget[target] ?? []
            let placement = try placement(of: arrival, older: older, now: now)
            runs.append(
                PlannedRun(target: target, placement: placement, limits: limits(of: target, due: occurrence.at)))
            for run in older where run.givesWay && run.due < occurrence.at {
                superseded.append(
                    Move(
                        run: run,
                        to: .done(.missed, reason: "not started before the next was due at \(occurrence.at)")))
            }
        }
        let dueBy = try within(of: occurrence.at).map { occurrence.at + $0 }
        let planned = PlannedOccurrence(
            due: occurrence.at, local: occurrence.local, zone: occurrence.zone.name, dueBy: dueBy, runs: runs)
        return (planned, superseded)
    }

    private func limits(of target: Int64?, due: Instant) -> [RunLimit] {
        guard let client else { return [] }
        let subject = RunSubject(client: client, asset: target.flatMap { assets[$0] })
        return job.limits(of: subject, occurrence: (due, targets.count))
    }

    private func placement(of arrival: Arrivals.One, older: [OpenRun], now: Instant) throws -> Placement {
        if !arrival.isLatest {
            return .done(.missed, reason: "it passed while no scheduler was there, and a later one was due already")
        }
        if let going = older.first(where: \.isGoing) {
            return .done(.skipped, reason: "run \(going.id) was still \(going.place.state.rawValue) on this target")
        }
        if let pause, pause.isActive(at: now) {
            return .done(.skipped, reason: pause.inWords)
        }
        return try gate(due: arrival.occurrence.at, lane: .proactive, now: now)
    }

    /// How long after `due` the work may still succeed in time; nil where nothing says so.
    public func within(of due: Instant) throws -> Duration? {
        try job.within(of: due, by: schedule)
    }

    private func wakeAt(next: Instant?, occurrences: [PlannedOccurrence], moves: [Move]) -> Instant? {
        var moments = [next].compactMap { $0 }
        let moved = Dictionary(uniqueKeysWithValues: moves.map { ($0.run.id, $0.to) })
        for run in open where moved[run.id] == nil {
            switch run.place {
            case .held(_, let lookAt): moments += [lookAt].compactMap { $0 }
            case .ready(_, let startBy): moments += [startBy].compactMap { $0 }
            case .waiting(let repeatAt): moments += [repeatAt].compactMap { $0 }
            case .leased: break
            }
        }
        for placement in Array(moved.values) + occurrences.flatMap(\.runs).map(\.placement) {
            switch placement {
            case .held(_, _, let lookAt): moments += [lookAt].compactMap { $0 }
            case .ready(_, let startBy): moments += [startBy].compactMap { $0 }
            case .waiting, .done: break
            }
        }
        return moments.min()
    }
}
