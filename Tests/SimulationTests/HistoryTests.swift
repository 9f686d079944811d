import Model
import Recurrence
import Testing

/// Two histories that are not the same are told apart, whatever it is that is not the same.
struct HistoryTests {
    private static let due = Instant(seconds: 1_000_000)
    private static let key = RunKey(job: "j0", client: "c0", asset: "a1", due: due)

    private static var history: History {
        let attempt = History.Attempt(startedAt: due, endedAt: due + .seconds(60), ended: .failed)
        let run = History.Run(
            place: PlaceWords.done(.failed, at: due + .seconds(60)), reason: "run # was still leased",
            attempts: [attempt])
        let look = History.Look(at: due, places: [key: PlaceWords.leased])
        return History(runs: [key: run], looks: [look], stops: ["a rollout"], refused: 1, findings: ["a disk"])
    }

    @Test func `what is the same has no differences`() {
        #expect(Self.history.differences(from: Self.history) == [])
        var untold = Self.history
        untold.runs[Self.key]?.reason = nil
        #expect(untold.differences(from: Self.history) == [])
    }

    @Test(
        arguments: [
            { $0.runs[Self.key] = nil },
            { $0.runs[RunKey(job: "j0", client: "c0", asset: nil, due: Self.due)] = History.Run(place: "") },
            { $0.runs[Self.key]?.place = PlaceWords.done(.missed, at: Self.due + .seconds(60)) },
            { $0.runs[Self.key]?.place = PlaceWords.done(.failed, at: Self.due + .seconds(61)) },
            { $0.runs[Self.key]?.reason = "its job was paused" },
            { $0.runs[Self.key]?.attempts[0].startedAt = Self.due + .microseconds(1) },
            { $0.runs[Self.key]?.attempts[0].endedAt = nil },
            { $0.runs[Self.key]?.attempts[0].ended = .timedOut },
            { $0.runs[Self.key]?.attempts.removeAll() },
            { $0.looks[0].places[Self.key] = PlaceWords.held(.window, lookAt: nil) },
            { $0.looks[0].places = [:] },
            { $0.looks.removeAll() },
            { $0.stops = [] },
            { $0.refused = 0 },
            { $0.findings = [] },
        ] as [@Sendable (inout History) -> Void])
    func `whatever is not the same is told, from both sides`(_ change: @Sendable (inout History) -> Void) {
        var other = Self.history
        change(&other)
        #expect(Self.history.differences(from: other).count == 1)
        #expect(other.differences(from: Self.history).count == 1)
    }

    @Test func `the numbers of runs are no difference, for they are not the same everywhere`() {
        #expect(
            History.withoutNumbers("run 17, due then, is not over; overrun 3")
                == "run #, due then, is not over; overrun 3")
    }
}
