import Recurrence

/// A pause in a world: of a job, a client or both (nil is any), and of what its cover says.
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
    /// Schedulers are not dead for so long.
    private static let remembersPauses = Duration.seconds(60 * 86_400)

    /// Something is paused from now on; nothing changes where that is so already.
    public mutating func add(_ pause: WorldPause) {
        let moment = now
        guard !pauses.contains(where: { $0.isSame(as: pause) && $0.pause.isActive(at: moment) }) else { return }
        pauses.append(pause)
        wake(pause)
    }

    /// What was paused goes on, where it was paused by these words; what names a job and no client ends its pauses at single
    /// clients too, which are made where it has failed.
    public mutating func resume(job: String?, client: String?, cover: Pause.Cover = .all) {
        let places = pauses.indices.filter { place in
            let pause = pauses[place]
            return pause.job == job && pause.pause.cover == cover && pause.pause.isActive(at: now)
                && (pause.client == client || job != nil && client == nil)
        }
        for place in places { pauses[place].pause.until = now }
        let ended = places.map { pauses[$0] }
        for pause in ended where pause.job != nil {
            for number in assignments.indices where concerns(pause, number) {
                assignments[number].state.failure = nil
            }
        }
        for pause in ended { wake(pause) }
    }

    private mutating func wake(_ pause: WorldPause) {
        spreadPauses()
        for number in assignments.indices where concerns(pause, number) { wake(number) }
    }

    private func concerns(_ pause: WorldPause, _ number: Int) -> Bool {
        pause.concerns(assignments[number].job.name, assignments[number].client.name)
    }

    /// Gives each assignment the pauses that may hold its runs.
    mutating func spreadPauses() {
        // What has ended long ago would be asked for years: by then everything was looked at.
        let past = now - Self.remembersPauses
        pauses.removeAll { $0.pause.until.map { $0 <= past } ?? false }
        for number in assignments.indices {
            let (job, client) = (assignments[number].job.name, assignments[number].client.name)
            assignments[number].state.pauses = pauses.filter { $0.concerns(job, client) }.map(\.pause)
        }
    }
}

extension WorldPause {
    /// Whether it is of the same subject.
    func isSame(as other: WorldPause) -> Bool {
        job == other.job && client == other.client && pause.cover == other.pause.cover
    }

    fileprivate func concerns(_ job: String, _ client: String) -> Bool {
        (self.job ?? job) == job && (self.client ?? client) == client
    }
}
