import Recurrence
import Testing

@testable import FaultRig

/// What no broken database can show is put into the checker's hands: a trial in which all was well, and one thing wrong.
@Suite struct CheckerTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        var promise: Promise
        /// What the checker has to say.
        var words: String
        var make: @Sendable (inout Evidence) -> Void
        var testDescription: String { words }
    }

    static let wrongs: [Wrong] = [
        Wrong(promise: .oneRunEach, words: "was never due") { $0.runs[0].due = $0.runs[0].due - .milliseconds(500) },
        Wrong(promise: .oneLease, words: "was never leased") { $0.attempts = [] },
        Wrong(promise: .oneLease, words: "started twice") { $0.work.append($0.work[0]) },
        Wrong(promise: .staleRefused, words: "spent") { $0.accepted = ["a spent token was accepted"] },
        Wrong(promise: .acknowledgedStays, words: "was acknowledged as failed, and is succeeded") {
            $0.acknowledged[0].outcome = "failed"
        },
        Wrong(promise: .insideWindow, words: "after the window's last start") { $0.lastStart = $0.begin },
        Wrong(promise: .nothingVanishes, words: "is in 2 places") { $0.runs[0].places = 2 },
        Wrong(promise: .nothingVanishes, words: "is overdue, and not told") { $0.overdue = [] },
        Wrong(promise: .limitsHeld, words: "2 at once for gamma, and 1 may") {
            together(["narrow-0", "narrow-1"], &$0)
        },
        Wrong(promise: .limitsHeld, words: "at once of counted, and 1 may") { together(["counted"], &$0) },
        Wrong(promise: .limitsHeld, words: "2 at once on srv-0, and 1 may") { together(["patch", "scan"], &$0) },
        Wrong(promise: .limitsHeld, words: "2 at once on the pair right, and 1 may") { together(["patch"], &$0) },
        Wrong(promise: .limitsHeld, words: "5 at once of patch due") { together(["patch"], &$0) },
        Wrong(promise: .neverRepeated, words: "was begun by the attempts") { evidence in
            var again = evidence.work.filter { $0.job == Programme.once }[0]
            again.attempt = 4711
            evidence.work.append(again)
        },
        Wrong(promise: .neverRepeated, words: "nobody had it done") { doneAgain(4711, decided: false, &$0) },
        Wrong(promise: .neverRepeated, words: "was done again by the runs") { evidence in
            for run in [4711, 4712] { doneAgain(Int64(run), decided: true, &evidence) }
        },
        Wrong(promise: .unknownIsNoResult, words: "its command did not come to its end") {
            $0.work.removeAll { $0.verb == "end" }
        },
        Wrong(promise: .unknownIsNoResult, words: "is there, and was told as failed") {
            $0.calls[0].ending = .exited(4)
            $0.calls[0].lines = ["the database is away"]
        },
        Wrong(promise: .lostCommandsDie, words: "is there after all has ended") { $0.survivors = [4711] },
        Wrong(promise: .evidenceIsWhole, words: "is not what its hash says") {
            $0.brokenOutputs = ["the output of attempt 1 is not what its hash says"]
        },
        Wrong(promise: .takenUpAgain, words: "it took") {
            $0.faultOver = $0.faultOver - Checker.recovery - .seconds(1)
        },
        Wrong(promise: .takenUpAgain, words: "not everything was taken up") { $0.mustReturn = ["worker-b"] },
        Wrong(promise: .takenUpAgain, words: "was not done in the time that it had") { $0.settled = false },
    ]

    @Test func `nothing is said of a trial in which all was well`() {
        #expect(Checker(evidence: Self.well).violations().map(\.description) == [])
    }

    @Test(arguments: wrongs)
    func `the one thing that is wrong is told`(wrong: Wrong) {
        var evidence = Self.well
        wrong.make(&evidence)
        let violations = Checker(evidence: evidence).violations()
        #expect(violations.contains { $0.promise == wrong.promise && $0.what.contains(wrong.words) }, "\(violations)")
    }

    @Test func `what waited behind a limit is counted`() {
        var evidence = Self.well
        #expect(Checker(evidence: evidence).waitedForRoom > 0)
        evidence.work.removeAll { !Programme.groups(of: Going.all([$0])[0].moment).isEmpty }
        #expect(Checker(evidence: evidence).waitedForRoom == 0)
    }

    @Test func `what a person has done again is no repetition`() {
        var evidence = Self.well
        Self.doneAgain(4711, decided: true, &evidence)
        #expect(Checker(evidence: evidence).violations().map(\.description) == [])
    }

    /// All commands of these jobs at one time.
    private static func together(_ jobs: Set<String>, _ evidence: inout Evidence) {
        for index in evidence.work.indices where jobs.contains(evidence.work[index].job) {
            evidence.work[index].sinceBoot = evidence.work[index].verb == "start" ? .seconds(1) : .seconds(2)
        }
    }

    /// A run that does once more what must not be repeated.
    private static func doneAgain(_ number: Int64, decided: Bool, _ evidence: inout Evidence) {
        var run = evidence.runs.first { $0.job == Programme.once }!
        if decided {
            evidence.decisions.append(Person.Decision(run: run.id, isRetry: true, ending: .exited(0), lines: []))
        }
        run.retryOf = run.id
        run.id = number
        run.lane = "reactive"
        evidence.runs.append(run)
        done(number, run.moment, at: evidence.begin + .seconds(20), in: &evidence)
    }

    /// Four seconds of the programme, in which everybody did what was due, one after the other.
    private static let well: Evidence = {
        let begin = Instant(seconds: 1_700_000_000)
        let through = begin + .seconds(4)
        var evidence = Evidence(
            begin: begin, applied: begin, through: through, clock: DatabaseClock(ahead: .zero),
            lastStart: begin + .seconds(60), faultOver: begin, settled: true)
        let moments = Programme.moments(after: begin, through: through).sorted { "\($0)" < "\($1)" }
        for (index, moment) in moments.enumerated() {
            let number = Int64(index + 1)
            evidence.runs.append(
                Reading.Run(
                    id: number, job: moment.job, client: moment.client, asset: moment.asset, due: moment.due,
                    lane: "proactive",
                    state: "succeeded", isDone: true, places: 1))
            done(number, moment, at: through + .milliseconds(100 * number), in: &evidence)
        }
        let asked = Int64(moments.count + 1)
        evidence.runs.append(
            Reading.Run(
                id: asked, job: Programme.asked, client: "acme", due: begin, lane: "reactive", madeBy: "desk-0",
                state: "ready", isDone: false, places: 1))
        evidence.calls = [Desk.Call(actor: "desk-0", ending: .exited(0), lines: [])]
        evidence.actors = ["desk-0"]
        evidence.overdue = Set(Programme.clients.map { "\(Programme.unserved) \($0)" })
        return evidence
    }()

    private static func done(
        _ number: Int64, _ moment: Programme.Moment, at begin: Instant, in evidence: inout Evidence
    ) {
        evidence.attempts.append(
            Reading.Attempt(
                id: number, run: number, job: moment.job, due: moment.due, worker: "worker-a", workerID: 1,
                leasedAt: begin, endedAt: begin + .milliseconds(90), endedAs: "succeeded"))
        for (verb, after) in [("start", Duration.milliseconds(10)), ("end", .milliseconds(80))] {
            evidence.work.append(
                WorkLog.Entry(
                    verb: verb, attempt: number, run: number, job: moment.job, client: moment.client,
                    asset: moment.asset, due: moment.due, process: Int32(number) + 1000, at: begin + after,
                    sinceBoot: begin + after - evidence.begin, worker: "worker-a"))
        }
        evidence.acknowledged.append(
            Evidence.Acknowledged(attempt: number, run: number, outcome: "succeeded", verdict: "succeeded"))
        evidence.outputs[number] = WorkScript.output(attempt: number, run: number)
    }
}
