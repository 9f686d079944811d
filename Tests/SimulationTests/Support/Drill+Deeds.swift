import Recurrence

@testable import Model

extension Drill {
    /// Does something to the world, and notes it down, for those who are to do it elsewhere too.
    mutating func enact(_ deed: Deed) throws {
        if size.isTold { tell(deed) }
        switch deed {
        case .killSchedulers: world.isPlanning = false
        case .reviveSchedulers: world.isPlanning = true
        case .stopWorkers: world.isWorking = false
        case .startWorkers: world.isWorking = true
        case .endWorkers(let queue): world.setWorkers(false, of: queue)
        case .returnWorkers(let queue): world.setWorkers(true, of: queue)
        case .slots(let slots):
            for (queue, count) in slots.sorted(by: { $0.key < $1.key }) { world.setSlots(count, of: queue) }
        case .pause(let subject, let until):
            let pause = Pause(
                reason: Self.reason, actor: Self.actor, since: world.now, until: until, cover: cover(subject),
                subject: subject.isJobAlone ? nil : subject.description)
            world.add(WorldPause(job: subject.job, client: client(subject), pause: pause))
        case .resume(let subject):
            world.resume(job: subject.job, client: client(subject), cover: cover(subject))
        case .cancel(let key):
            if let run = number(of: key) { world.cancel(run: run) }
        case .apply(let catalogue):
            try world.apply(catalogue, before: versions[versions.count - 1], numbers: estate.numbers)
            versions.append(catalogue)
        case .resumeRollouts(let job, let client):
            let tallies = world.rollouts.map(\.tally)
            for place in world.resumeRollouts(job: job, client: client) { note(resumed: place, tallies[place]) }
        case .abortRollouts(let job, let client):
            let why = "its rollout was aborted by \(Self.actor): \(Self.reason)"
            for _ in world.abortRollouts(job: job, client: client, why: why) { ledger.rare.saw(.rolloutAborted) }
        case .labour(let labour): world.labour = labour
        case .look: look()
        }
    }

    private mutating func tell(_ deed: Deed) {
        if deeds.last?.act != acts { deeds.append(ActRecord(act: acts, at: world.now, deeds: [])) }
        deeds[deeds.count - 1].deeds.append(deed)
    }

    /// The last run of a key that is not done.
    private func number(of key: RunKey) -> Int64? {
        guard let place = places[key.assignment] else { return nil }
        return world.assignments[place].open.last { number in
            let run = world.runs[Int(number) - 1]
            return run.isOpen && self.key(run) == key
        }
    }

    private func cover(_ subject: PauseSubject) -> Pause.Cover {
        if let label = subject.label { return .label(key: label.key, value: label.value) }
        return subject.asset.map { .asset(estate.numbers[$0] ?? 0) } ?? .all
    }

    /// Who has the asset, where it is one that is paused.
    private func client(_ subject: PauseSubject) -> String? {
        subject.client ?? subject.asset.flatMap { estate.owners[$0] }
    }

    /// Who does all that people do, and why.
    static let actor = "ann"
    static let reason = "drill"

    private mutating func note(resumed place: Int, _ tally: RolloutTally) {
        ledger.rare.saw(.rolloutResumed)
        ledger.passed[place, default: []].formUnion(
            tally.rings.filter { $0.value.open == 0 && $0.value.succeeded == 0 }.keys)
    }
}

/// What was done at a moment, before anything else happened.
struct ActRecord: Sendable {
    /// Which act it belongs to.
    var act: Int
    var at: Instant
    var deeds: [Deed]
}
