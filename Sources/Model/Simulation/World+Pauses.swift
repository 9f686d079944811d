import Recurrence

/// A pause in a world: of a job, a client or both; nil is any.
public struct WorldPause: Hashable, Sendable {
    public var job: String?
    public var client: String?
    public var pause: Pause

    public init(job: String? = nil, client: String? = nil, pause: Pause) {
        self.job = job
        self.client = client
        self.pause = pause
    }
}

extension World {
    /// Something is paused from now on.
    public mutating func add(_ pause: WorldPause) {
        pauses.append(pause)
        wake(pause)
    }

    /// What names a job, a client or both goes on, where these are what is paused.
    public mutating func resume(job: String?, client: String?) {
        let ended = pauses.filter { $0.job == job && ($0.client == client || job != nil && client == nil) }
        pauses.removeAll { ended.contains($0) }
        for number in assignments.indices where assignments[number].job.name == job {
            guard client == nil || assignments[number].client.name == client else { continue }
            assignments[number].state.failure = nil
        }
        for pause in ended { wake(pause) }
    }

    private mutating func wake(_ pause: WorldPause) {
        spreadPauses()
        for number in assignments.indices where pause.concerns(assignments[number]) { wake(number) }
    }

    /// Gives each assignment the pauses that may hold its runs.
    mutating func spreadPauses() {
        for number in assignments.indices {
            assignments[number].state.pauses = pauses.filter { $0.concerns(assignments[number]) }.map(\.pause)
        }
    }
}

extension WorldPause {
    fileprivate func concerns(_ assignment: WorldAssignment) -> Bool {
        (job ?? assignment.job.name) == assignment.job.name
            && (client ?? assignment.client.name) == assignment.client.name
    }
}
