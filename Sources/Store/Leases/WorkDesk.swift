import Model
import Postgres
import Recurrence
import Synchronization

/// What a worker remembers from one turn at the database to the next: up to where it has taken what was there, and the
/// definitions that it knows already. Nothing is wrong where it forgets.
public final class WorkDesk: Sendable {
    /// A queue and a lane.
    struct Stream: Sendable, Hashable {
        var queue: String
        var lane: Lane
    }

    /// The run that was taken last of a stream, in the order in which they are taken.
    struct Place: Sendable, Comparable {
        var turn: Instant
        var run: Int64

        static func < (one: Place, other: Place) -> Bool { (one.turn, one.run) < (other.turn, other.run) }
    }

    struct Revision: Sendable, Hashable {
        var job: Int64
        var revision: Int32
    }

    /// A definition and when it was changed last: what was changed since is another.
    struct Known<Definition: Sendable>: Sendable {
        var changedAt: Instant
        var definition: Definition
    }

    struct State: Sendable {
        /// After which it looks first, where it looks everywhere; none of a stream that it looks at from the beginning.
        var places: [Stream: Place] = [:]
        /// The last of all that was ever taken, for looks that are not everywhere.
        var farthest: [Stream: Place] = [:]
        var jobs: [Revision: Job] = [:]
        var clients: [Int64: Known<Client>] = [:]
        var assets: [Int64: Known<Asset>] = [:]
        /// Turns since everything was looked at from the beginning.
        var turns = 0
    }

    /// Every so many turns a worker looks from the beginning, for what has come in before the place where it is.
    static let turnsFromPlace = 64
    /// More definitions of a kind than this are forgotten, all at once.
    static let mostKnown = 512

    public let worker: Int64
    let state = Mutex(State())

    /// - Parameter worker: as `Store.registerWorker` numbered it.
    public init(worker: Int64) {
        self.worker = worker
    }

    /// Has the next turn look from the beginning: something may have come in there.
    public func lookFromTheBeginning() {
        state.withLock { $0.places = [:] }
    }

    /// The places after which to look.
    func places(for wanted: Wanted) -> [Stream: Place] {
        state.withLock { state in
            guard wanted.looksEverywhere else { return state.farthest }
            state.turns += 1
            if state.turns >= Self.turnsFromPlace {
                state.turns = 0
                state.places = [:]
            }
            return state.places
        }
    }

    /// Remembers up to where was taken; where less was there than asked for, there is nothing to walk over.
    func remember(_ taken: [TakenBatch], _ wanted: Wanted) {
        let count = taken.reduce(0) { $0 + $1.runs.count }
        state.withLock { state in
            for batch in taken {
                guard let last = batch.runs.last else { continue }
                let place = Place(turn: batch.lastTurn, run: last)
                state.farthest[batch.stream] = max(place, state.farthest[batch.stream] ?? place)
                if wanted.looksEverywhere { state.places[batch.stream] = place }
            }
            if wanted.looksEverywhere, count < wanted.most { state.places = [:] }
        }
    }
}
