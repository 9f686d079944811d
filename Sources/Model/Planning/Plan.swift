import Recurrence

extension AssignmentState {
    /// What is to be done for this assignment now. Given the same state and time it always answers the same,
    /// so that any scheduler may ask at any moment, and a crash between asking and writing loses nothing.
    ///
    /// - Parameter limit: at about so many new runs the plan stops, and asks to be woken again at once.
    /// - Throws: what the schedule or window throws past the horizon of the calendar.
    public func plan(now: Instant, limit: Int = 2_000) throws -> Plan {
        let arrivals = try arrivals(now: now, most: max(1, limit / max(1, targetCount)))
        let failed = pauseOfFailure(now: now)
        var paused = self
        // It holds at once what it will hold, or a worker would take more of it meanwhile.
        if let failed { paused.pauses.append(failed) }
        var gates = Gates(paused, now: now)
        var moves = try gates.openMoves()
        var ends = try endsAtClose(now: now) + gates.endsReplaced(&moves)
        var occurrences: [PlannedOccurrence] = []
        for arrival in arrivals.due {
            var fanOut = FanOut(arrival)
            occurrences.append(try fanOut.occurrence(&gates))
            for move in fanOut.superseded { moves.updateValue(move, forKey: move.run.id) }
            ends += fanOut.replaced
        }
        let sorted = moves.values.sorted { $0.run.id < $1.run.id }
        return Plan(
            occurrences: occurrences, moves: sorted, plannedThrough: arrivals.through,
            wakeAt: arrivals.isCut ? now : try wakeAt(arrivals.next, occurrences, sorted, now: now),
            halts: halts(&gates), ends: ends.sorted { $0.run.id < $1.run.id },
            pause: failed?.reason)
    }

    /// The pause that is to follow a failure for good; nil where there was none, or all is paused already.
    private func pauseOfFailure(now: Instant) -> Pause? {
        guard let failure, !pauses.contains(where: { $0.cover == .all && $0.isActive(at: now) }) else { return nil }
        return Pause(
            reason: "run \(failure.id) failed\(failure.reason.map { ": \($0)" } ?? "")", actor: "rota", since: now,
            until: nil, subject: client.map { PauseSubject(job: job.name, client: $0.name).description })
    }

    /// How long after `due` the work may still succeed in time; nil where nothing says so.
    public func within(of due: Instant) throws -> Duration? {
        try job.within(of: due, by: schedule)
    }

    /// Rollouts that have stopped, of which nobody knows yet, and in which something is left to be held.
    private func halts(_ gates: inout Gates) -> [RolloutHalt] {
        var halts: [RolloutHalt] = []
        for (due, tally) in rollouts.sorted(by: { $0.key < $1.key }) where tally.stopped == nil {
            guard case .stopped(let why)? = gates.position(due: due),
                open.contains(where: { $0.givesWay && $0.due == due })
            else { continue }
            halts.append(RolloutHalt(due: due, why: why))
        }
        return halts
    }

    /// Runs that are going although their window, which stops what still runs, has closed.
    private func endsAtClose(now: Instant) throws -> [RunToEnd] {
        guard stopsAtClose, let opening = opening(after: now), opening.opens > now else { return [] }
        return open.filter { $0.place == .leased && $0.lane == .proactive }
            .map { RunToEnd(run: $0, reason: "window \(job.window ?? "") has closed") }
    }

    /// The window's opening that goes on, or else the next.
    func opening(after now: Instant) -> Opening? { window?.openings(after: now).first { _ in true } }
}
