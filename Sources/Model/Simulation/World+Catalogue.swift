import Recurrence

extension World {
    /// Jobs of a catalogue for their clients, all to be looked at now.
    ///
    /// - Parameters:
    ///   - planned: the assignments, in the order in which they are planned at one moment.
    ///   - numbers: those of the assets, by their names, which is the order of targets; an asset without one is no target.
    /// - Returns: what could not be laid out, and why: a zone that has gone from the system's data, say.
    public mutating func add(
        _ planned: [WorldPlanned], of catalogue: Catalogue, numbers: [String: Int64]
    ) -> [WorldTrouble] {
        var layout = WorldLayout(catalogue, numbers: numbers, now: now)
        var troubles: [WorldTrouble] = []
        for one in planned {
            guard let job = catalogue.jobs[one.job], let client = catalogue.clients[one.client] else { continue }
            do {
                add(try layout.assignment(of: job, for: client, plannedThrough: one.through))
            } catch {
                troubles.append(WorldTrouble(job: job.name, client: client.name, text: "\(error)"))
            }
        }
        return troubles
    }

    /// One more assignment, to be looked at now.
    public mutating func add(_ assignment: WorldAssignment) {
        isLinked = false
        assignments.append(assignment)
        revise(assignments.count - 1)
        wake(assignments.count - 1)
    }

    /// What is made from now on is made by the job as it stands.
    mutating func revise(_ number: Int) {
        let job = assignments[number].job
        guard assignments[number].revisions.last?.job != job else { return }
        let queue = queue(named: job.queue)
        assignments[number].revisions.append(WorldRevision(job: job, queue: queue))
    }

    func revision(of run: WorldRun) -> WorldRevision { assignments[run.assignment].revisions[Int(run.revision)] }
}

/// How far a job is planned for a client: every due moment up to there has its occurrence.
public struct WorldPlanned: Hashable, Sendable {
    public var job: String
    public var client: String
    public var through: Instant

    public init(job: String, client: String, through: Instant) {
        self.job = job
        self.client = client
        self.through = through
    }
}

extension Catalogue {
    /// Every job for each of its clients, by their names, planned up to one moment.
    public func planned(through: Instant) -> [WorldPlanned] {
        jobs.values.sorted { $0.name < $1.name }.flatMap { job in
            clients(of: job).map { WorldPlanned(job: job.name, client: $0.name, through: through) }
        }
    }
}

/// A job that could not be laid out for a client, and why.
public struct WorldTrouble: Hashable, Sendable {
    public var job: String
    public var client: String
    public var text: String
}
