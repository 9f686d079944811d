import Recurrence

/// Everything that decides about runs, in memory and on a clock of its own: assignments are planned by
/// ``AssignmentState/plan(now:limit:)``, as schedulers do it, runs start in the order of the queue and within their limits,
/// and ``Labour`` says what becomes of them. The same start and the same labour give the same history, to the run.
///
/// It is what forecasts and simulations are made of. Time passes from event to event, so that a year costs what
/// happens in it.
public struct World: Sendable {
    /// The moment at which the world stands.
    public private(set) var now: Instant
    public internal(set) var assignments: [WorldAssignment] = []
    public internal(set) var runs: [WorldRun] = []
    public internal(set) var attempts: [WorldAttempt] = []
    public internal(set) var groups: [WorldGroup] = []
    public internal(set) var rollouts: [WorldRollout] = []
    public internal(set) var pauses: [WorldPause] = []
    /// What is wrong on targets, by their clients' names.
    public internal(set) var findings: [String: [Int64?: [WorldFinding]]] = [:]
    /// How long it takes until the worker of an attempt that is to end hears of it.
    public var hearingTakes = Duration.zero
    /// Whether a scheduler lives: where none does nothing is planned, and no lost lease is ended.
    public var isPlanning = true
    /// Whether workers take runs.
    public var isWorking = true

    /// Those who do the work.
    public var labour: any Labour
    var timeline = Timeline()
    var events: [WorldEvent] = []
    var queues: [WorldQueue] = []
    var queueNumbers: [String: Int] = [:]
    var groupNumbers: [String: Int] = [:]
    var rolloutNumbers: [String: Int] = [:]
    /// Whether every assignment knows who is to look at its runs' ends.
    var isLinked = false
    /// Assignments whose time to be looked at has come, and attempts whose leases have run out.
    var waking: [Int] = []
    var lost: [Int64] = []
    /// Groups that a run has left since there was last looked for others that may start now.
    var left: Set<Int> = []
    /// Groups with room that a run did not take which was to have it, as it was cancelled, say: a scheduler finds that out.
    var spare: Set<Int> = []
    /// Runs that are not to start before a scheduler has looked at a failure.
    var putAside: [Turn] = []

    public init(now: Instant, labour: any Labour) {
        self.now = now
        self.labour = labour
    }

    /// Goes on to the next moment at which something happens, and does all that happens then.
    ///
    /// - Parameter end: nothing of this moment or after it happens.
    /// - Returns: whether something happened; where nothing does, the world stands at `end`.
    /// - Throws: ``WorldError``, which is a mistake in what decides.
    public mutating func step(until end: Instant) throws -> Bool {
        guard let next = timeline.next, next < end else {
            now = max(now, end)
            return false
        }
        now = max(now, next)
        try settle()
        return true
    }

    /// Does all that can happen at the moment at which the world stands: after something was changed from outside.
    ///
    /// - Throws: ``WorldError``.
    public mutating func settle() throws {
        if !isLinked { link() }
        repeat {
            // Only what is planned takes part when it comes to who starts.
            repeat {
                takeWhatIsDue()
                if isPlanning {
                    endLost()
                    try planWaking()
                }
            } while isRestless
            letGo()
            startReady()
            if !isRestless, left.isEmpty { sweep() }
        } while isRestless || !left.isEmpty
    }

    /// What happened since this was asked last.
    public mutating func takeEvents() -> [WorldEvent] {
        let taken = events
        events.removeAll(keepingCapacity: true)
        return taken
    }

    private var isRestless: Bool {
        if let next = timeline.next, next <= now { return true }
        return isPlanning && !(waking.isEmpty && lost.isEmpty)
    }

    private mutating func takeWhatIsDue() {
        while let (at, entry) = timeline.take(by: now) {
            switch entry {
            case .wake(let assignment) where assignments[assignment].wakeAt == at: waking.append(assignment)
            case .wake: break
            case .end(let attempt): end(attempt)
            case .cancel(let attempt): cancel(attempt)
            case .lose(let attempt): lost.append(attempt)
            case .ready(let run, let version): queue(run, version)
            case .complete(let run, let version): complete(run, version)
            }
        }
    }
}

/// A mistake in what decides, found while a world went on.
public enum WorldError: Error, Hashable, Sendable {
    /// An assignment asks again and again to be looked at in the same moment.
    case restless(job: String, client: String, at: Instant)
}
