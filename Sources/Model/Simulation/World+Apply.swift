import Recurrence

extension World {
    /// Makes the world's definitions as a catalogue says, as an apply does: what is new or has another schedule counts from
    /// now on, what is gone makes no runs any more, and what nobody has started of it is cancelled.
    ///
    /// - Parameters:
    ///   - catalogue: all definitions; `before` is what they were.
    ///   - numbers: those of all assets that there ever were, by their names.
    /// - Throws: what a zone, a schedule or a window throws.
    public mutating func apply(_ catalogue: Catalogue, before: Catalogue, numbers: [String: Int64]) throws {
        var layout = WorldLayout(catalogue, numbers: numbers, now: now)
        var places = Dictionary(
            uniqueKeysWithValues: assignments.enumerated().map { place, assignment in
                (Name(job: assignment.job.name, client: assignment.client.name), place)
            })
        let changes = CatalogueChanges(from: before, to: catalogue)
        for one in catalogue.planned(through: now) {
            guard let job = catalogue.jobs[one.job], let client = catalogue.clients[one.client] else { continue }
            var new = try layout.assignment(of: job, for: client, plannedThrough: now)
            guard let place = places.removeValue(forKey: Name(job: job.name, client: client.name)) else {
                add(new)
                continue
            }
            let isSame = !assignments[place].isRemoved && Self.basis(job, client, catalogue) == basis(place, before)
            if isSame {
                guard changes.concern(job, client) else { continue }
                new.state.plannedThrough = assignments[place].state.plannedThrough
            }
            replace(place, by: new)
        }
        for place in places.values.sorted() where !assignments[place].isRemoved { remove(place) }
        cancelUntargeted(catalogue, numbers)
        // What is new may be paused already.
        spreadPauses()
        for job in catalogue.jobs.values { set(.job(job.name, most: job.atOnce)) }
        for client in catalogue.clients.values { set(.client(client.name, most: client.atOnce)) }
        isLinked = false
    }

    /// How many may be at work at once in a group from now on.
    private mutating func set(_ limit: RunLimit) {
        guard let group = groupNumbers[limit.key], groups[group].limit != limit else { return }
        groups[group].limit = limit
        left.insert(group)
    }

    private struct Name: Hashable {
        var job: String
        var client: String
    }

    private static func basis(_ job: Job, _ client: Client, _ catalogue: Catalogue) -> ScheduleBasis {
        ScheduleBasis(job.schedule, for: client, calendars: catalogue.calendars)
    }

    private func basis(_ place: Int, _ catalogue: Catalogue) -> ScheduleBasis {
        Self.basis(assignments[place].job, assignments[place].client, catalogue)
    }

    private mutating func replace(_ place: Int, by new: WorldAssignment) {
        let pauses = assignments[place].state.pauses
        let failure = assignments[place].state.failure
        assignments[place].client = new.client
        assignments[place].state = new.state
        assignments[place].state.pauses = pauses
        assignments[place].state.failure = failure
        assignments[place].conditionZone = new.conditionZone
        assignments[place].targetsOn = nil
        for run in assignments[place].open { assignments[place].noteMade(through: runs[Int(run) - 1].due) }
        assignments[place].isRemoved = false
        revise(place)
        wake(place)
    }

    private mutating func remove(_ place: Int) {
        assignments[place].isRemoved = true
        assignments[place].wakeAt = nil
        for run in assignments[place].open { cancelUnlessGoing(run) }
    }

    /// Runs on assets that are gone.
    private mutating func cancelUntargeted(_ catalogue: Catalogue, _ numbers: [String: Int64]) {
        let known = Set(catalogue.assets.keys.compactMap { numbers[$0] })
        for assignment in assignments {
            for run in assignment.open {
                if let target = runs[Int(run) - 1].target, !known.contains(target) { cancelUnlessGoing(run) }
            }
        }
    }

    private mutating func cancelUnlessGoing(_ number: Int64) {
        switch runs[Int(number) - 1].place {
        case .held, .ready: move(number, to: .done(.cancelled, at: now))
        case .leased, .waiting, .done: break
        }
    }

    /// A person ends a run for good; one that a worker has is ended by that worker.
    public mutating func cancel(run number: Int64) {
        switch runs[Int(number) - 1].place {
        case .held, .ready, .waiting: move(number, to: .done(.cancelled, at: now))
        case .leased: askToEnd(number)
        case .done: break
        }
    }
}
