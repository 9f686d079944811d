import Recurrence

extension Gates {
    /// How far the rollout of an occurrence has come; nil where it has none that is watched.
    mutating func position(due: Instant) -> RolloutPosition? {
        if let known = positions[due] { return known }
        guard let rollout = state.job.rollout, rollout.isWatched, let tally = state.rollouts[due] else { return nil }
        let position = rollout.position(tally, now: now)
        positions[due] = position
        return position
    }

    /// Takes in what an occurrence that is made now consists of.
    mutating func learn(_ tally: RolloutTally, due: Instant) {
        guard let rollout = state.job.rollout, rollout.isWatched else { return }
        positions[due] = rollout.position(tally, now: now)
    }

    mutating func rolloutGate(_ run: Passenger) -> Placement? {
        guard let rollout = state.job.rollout, let position = position(due: run.due) else { return nil }
        switch position {
        case .aborted(let why): return .done(.cancelled, reason: why)
        case .stopped(let why): return .held(.approval, why: "its rollout is stopped: \(why)", lookAt: nil)
        case .planning(let clients):
            guard run.ring != nil else { return nil }
            let named = clients.prefix(3).joined(separator: ", ") + (clients.count > 3 ? ", …" : "")
            return .held(
                .ring, why: "its rollout goes over all clients, and \(named) is not planned yet",
                lookAt: now.next(.seconds(30)))
        case .going(let ring):
            guard let own = run.ring, own > ring else { return nil }
            return .held(
                .ring, why: "\(rollout.name(ofRing: own)) waits for \(rollout.name(ofRing: ring))", lookAt: nil)
        case .soaking(let ring, let next, let until):
            guard let own = run.ring, own > ring else { return nil }
            let why = "\(rollout.name(ofRing: own)) waits until \(rollout.name(ofRing: ring)) has soaked"
            return own > next
                ? .held(.ring, why: why, lookAt: nil)
                : .held(.ring, why: "\(why), at \(until.toSecond)", lookAt: until)
        case .finished: return nil
        }
    }
}

extension Instant {
    /// The first moment after this one that is a multiple of a length since the epoch: the same for all who ask
    /// meanwhile, so that nothing is written anew each time.
    func next(_ length: Duration) -> Instant {
        let step = length.components.seconds
        return Instant(seconds: (seconds / step + 1) * step)
    }
}
