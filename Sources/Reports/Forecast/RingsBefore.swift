import Model
import Recurrence

/// A run that is not done.
struct GoneRun {
    var run: Int64
    /// A word for programs: what kept it until then.
    var reason: String
    /// What planning said.
    var why: String
    /// When that was settled.
    var at: Instant
}

/// Where a run waited for its ring until the next was due: what kept the ring before.
struct RingsBefore {
    private struct Place: Hashable {
        var job: String
        /// Nil where the rollout goes over all clients.
        var client: String?
        var at: Instant
    }

    /// Of each rollout, what is given up at one moment of its first ring that was not through.
    private var firsts: [Place: (ring: Int, gone: GoneRun)] = [:]

    init(_ gone: [GoneRun], _ world: World) {
        for gone in gone where gone.reason != Hold.ring.rawValue {
            let run = world.runs[Int(gone.run) - 1]
            guard let place = Self.place(run, gone, world) else { continue }
            if let known = firsts[place], known.ring <= run.ring { continue }
            firsts[place] = (run.ring, gone)
        }
    }

    /// Nil where the rings before were at work, or were to soak: then more time helps.
    func before(_ gone: GoneRun, _ world: World) -> GoneRun? {
        let run = world.runs[Int(gone.run) - 1]
        guard gone.reason == Hold.ring.rawValue, let place = Self.place(run, gone, world), let first = firsts[place],
            first.ring < run.ring
        else { return nil }
        return first.gone
    }

    /// All of an occurrence is given up in the moment in which the next is due; nil for what no rollout is about.
    private static func place(_ run: WorldRun, _ gone: GoneRun, _ world: World) -> Place? {
        let assignment = world.assignments[run.assignment]
        guard run.lane == .proactive, let rollout = assignment.job.rollout, rollout.rings != nil else { return nil }
        let isAcross = rollout.across == .clients
        return Place(
            job: assignment.job.name, client: isAcross ? nil : assignment.client.name, at: gone.at)
    }
}
