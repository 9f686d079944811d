import Recurrence

@testable import Model

extension Drill {
    /// All that happened in its world.
    var history: History {
        var history = History(looks: looks, stops: stops, refused: refused, findings: findings)
        for (index, run) in world.runs.enumerated() {
            history.runs[key(run)] = History.Run(place: Self.words(run.place), reason: reasons[Int64(index) + 1])
        }
        for attempt in world.attempts {
            history.runs[key(world.runs[Int(attempt.run) - 1])]?.attempts.append(
                History.Attempt(startedAt: attempt.startedAt, endedAt: attempt.endedAt, ended: attempt.ended))
        }
        return history
    }

    func key(_ run: WorldRun) -> RunKey {
        let assignment = world.assignments[run.assignment]
        return RunKey(
            job: assignment.job.name, client: assignment.client.name, asset: run.target.map { "a\($0)" }, due: run.due)
    }

    /// The numbers of the runs that are not done.
    var open: [Int64] {
        world.assignments.flatMap(\.open).filter { world.runs[Int($0) - 1].isOpen }.sorted()
    }

    mutating func look() {
        var places: [RunKey: String] = [:]
        for number in open {
            let run = world.runs[Int(number) - 1]
            places[key(run)] = Self.words(run.place)
        }
        looks.append(History.Look(at: world.now, places: places))
    }

    private static func words(_ place: WorldRun.Place) -> String {
        switch place {
        case .held(let hold, let lookAt): PlaceWords.held(hold, lookAt: lookAt)
        case .ready(let notBefore, let startBy): PlaceWords.ready(notBefore: notBefore, startBy: startBy)
        case .leased: PlaceWords.leased
        case .waiting: PlaceWords.waiting
        case .done(let state, let at): PlaceWords.done(state, at: at)
        }
    }
}
