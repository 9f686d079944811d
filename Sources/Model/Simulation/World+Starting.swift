import Recurrence

extension World {
    /// The place of a group in the list; it is made where it is new.
    mutating func group(of limit: RunLimit) -> Int {
        if let known = groupNumbers[limit.key] { return known }
        groups.append(WorldGroup(limit: limit))
        groupNumbers[limit.key] = groups.count - 1
        return groups.count - 1
    }

    /// So many runs of a queue are at work at once from now on; nil is as many as there are.
    public mutating func setSlots(_ slots: Int?, of queue: String) { queues[self.queue(named: queue)].slots = slots }

    /// Whether workers live that take the runs of a queue from now on. What they have in hand they finish all the same.
    public mutating func setWorkers(_ areThere: Bool, of queue: String) {
        queues[self.queue(named: queue)].hasWorker = areThere
    }

    mutating func queue(named name: String) -> Int {
        if let known = queueNumbers[name] { return known }
        queues.append(WorldQueue(name: name))
        queueNumbers[name] = queues.count - 1
        return queues.count - 1
    }

    /// A ready run's time has come: it stands in its queue, unless it has got another place meanwhile.
    mutating func queue(_ number: Int64, _ version: Int32) {
        let run = runs[Int(number) - 1]
        guard run.version == version, case .ready(let notBefore, _) = run.place else { return }
        let revision = revision(of: run)
        let priority = run.priority.map(Int.init) ?? revision.job.priority
        queues[revision.queue].ready.insert(
            Turn(notBefore: notBefore, priority: priority, run: number, version: version))
    }

    /// Starts what may start, in its order, as far as there are slots and room.
    mutating func startReady() {
        guard isWorking else { return }
        for turn in putAside { queues[revision(of: runs[Int(turn.run) - 1]).queue].ready.insert(turn) }
        putAside.removeAll(keepingCapacity: true)
        // What finds a group full may hand on room to another queue.
        repeat {
            for index in queues.indices {
                while queues[index].hasSlot, let turn = queues[index].ready.popFirst() { start(turn) }
            }
        } while queues.contains { $0.hasSlot && !$0.ready.isEmpty }
    }

    private mutating func start(_ turn: Turn) {
        let run = runs[Int(turn.run) - 1]
        guard run.version == turn.version, case .ready(_, let startBy) = run.place else { return }
        // What is too late to start is left to planning.
        if let startBy, startBy <= now { return }
        // Nobody takes what a failure may stop before a scheduler has looked.
        if run.lane == .proactive, assignments[run.assignment].awaitsLook { return putAside.append(turn) }
        if let full = run.limits.first(where: { groups[$0].room <= 0 }) { return park(turn, in: full) }
        for group in run.limits { groups[group].inUse += 1 }
        begin(turn.run)
    }

    /// It waits for room in a group; the room that it would have taken in others is handed on to those that wait there.
    private mutating func park(_ turn: Turn, in group: Int) {
        groups[group].parked.insert(turn)
        runs[Int(turn.run) - 1].parked = group
        events.append(.parked(run: turn.run, group: group))
        for other in runs[Int(turn.run) - 1].limits where other != group { letGo(from: other) }
    }

    /// Has those that wait for room in a group which some have left stand in their queues again.
    mutating func letGo() {
        for index in left.sorted() { letGo(from: index) }
        left.removeAll(keepingCapacity: true)
    }

    /// As many as there is room for.
    private mutating func letGo(from index: Int) {
        var room = groups[index].room
        while room > 0, let turn = groups[index].parked.popFirst() {
            let run = runs[Int(turn.run) - 1]
            guard run.version == turn.version, run.parked == index else { continue }
            runs[Int(turn.run) - 1].parked = nil
            queues[revision(of: run).queue].ready.insert(turn)
            room -= 1
        }
    }

    /// A scheduler finds room that nobody has taken.
    mutating func sweep() {
        guard isPlanning else { return }
        left.formUnion(spare)
        spare.removeAll(keepingCapacity: true)
    }

    private mutating func begin(_ number: Int64) {
        let index = Int(number) - 1
        runs[index].attempts += 1
        let count = runs[index].attempts
        let run = runs[index]
        let work = labour.work(
            on: Chore(run: number, attempt: count, assignment: run.assignment, target: run.target, due: run.due))
        attempts.append(
            WorldAttempt(
                run: number, number: count, startedAt: now, ending: work.ending,
                deafFrom: work.isTold ? nil : now + work.lasting))
        let attempt = Int64(attempts.count)
        move(number, to: .leased(attempt: attempt))
        runs[index].startedAt = runs[index].startedAt ?? now
        queues[revision(of: runs[index]).queue].going += 1
        events.append(.started(attempt: attempt))
        expect(attempt, work)
    }
}
