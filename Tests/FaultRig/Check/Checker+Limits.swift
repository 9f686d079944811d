import Recurrence

/// Promise 7: by when commands say that they began and went on.
extension Checker {
    /// Who counts is in which groups, by the manifests and apart from the scheduler.
    private var groups: [Programme.Group: [Going]] {
        // Where the clock jumps the database holds leases for ended that a worker, by its own clock, does not.
        let ended = evidence.attempts.filter { evidence.clock.wasMoved && $0.endedAs == "lost" }.map(\.id)
        let counted = Going.all(evidence.work).filter { !ended.contains($0.attempt) }
        var groups: [Programme.Group: [Going]] = [:]
        for going in counted {
            for group in Programme.groups(of: going.moment) { groups[group, default: []].append(going) }
        }
        return groups
    }

    func limitsHeld() -> [String] {
        groups.flatMap { group, members in
            members.compactMap { one in
                let there = members.filter { $0.isThere(when: one) }
                guard there.count > group.most else { return nil }
                return "\(there.count) at once \(group.name), and \(group.most) may: attempts \(there.map(\.attempt))"
            }
        }
    }

    /// Runs that were due while a group of theirs was full, and began after that.
    var waitedForRoom: Int {
        var waited: Set<Int64> = []
        for (group, members) in groups {
            let fillers = members.filter { one in members.count { $0.isThere(when: one) } >= group.most }
            for one in members where fillers.contains(where: { filler in isAhead(filler, of: one) }) {
                waited.insert(one.run)
            }
        }
        return waited.count
    }

    private func isAhead(_ filler: Going, of one: Going) -> Bool {
        filler.run != one.run && filler.begins < one.begins
            && evidence.clock.reading(at: filler.endedAt) > one.moment.due
    }
}
