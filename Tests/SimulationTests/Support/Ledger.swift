import Recurrence

@testable import Model

/// What was seen of a history, beside the runs and attempts that the world itself keeps.
struct Ledger {
    /// An occurrence that was planned.
    struct Planned: Hashable {
        var assignment: Int
        var due: Instant
        var at: Instant
        var runs: Range<Int>
        /// Which of the applied definitions schedulers had seen.
        var seen: Int
    }

    /// The beginning of an attempt, with what held at that moment.
    struct Start {
        var attempt: Int64
        var isPlanning: Bool
        /// Runs of the same rollout that had failed by then, less those that a person let pass.
        var failures: Int
        /// The last start that the run then had.
        var startBy: Instant?
        /// Which of the applied definitions schedulers had seen, and which were the last that were applied.
        var seen: Int
        var applied: Int
    }

    var planned: [Planned] = []
    var starts: [Start] = []
    /// Due moments that should have been planned, by assignment.
    var expected: [Int: [Instant]] = [:]
    /// Since when each attempt that ended did so; twice for none.
    var ends: [Int64: Int] = [:]
    /// So long an attempt's run waits before it is tried again.
    var waits: [Int64: Duration] = [:]
    /// How bad what is wrong is, by where it was found, and who found it.
    var wrong: [String: [String: Finding.Severity]] = [:]
    /// Runs that a guard has put off.
    var refused: Set<Int64> = []
    var faults: [String] = []
    var rare = Rarities()
    /// Rings without a success that a person let pass, by rollout.
    var passed: [Int: Set<Int>] = [:]

    /// The first few are enough.
    mutating func add(fault: String) {
        if faults.count < 5 { faults.append(fault) }
    }
}

/// How often what is rare happened.
struct Rarities {
    enum Kind: String, CaseIterable, Hashable {
        case limitReached, apartReached, exclusiveReached, staleTokenRefused, leaseLost, unknownHeld, retried,
            handedBack
        case rolloutStopped, rolloutResumed, rolloutAborted, ringOpened, soaked, acrossClients
        case gapCrossed, hourTwice, frozen, windowClosedOnReady, endedAtClose
        case missedWhileDead, caughtUp, skippedWhileGoing, skippedWhilePaused, superseded, queued, replaced, together
        case pausedByFailure, requirementLacking, cancelled, rescheduled, assetGone, taskCompleted, spread
        case schedulerDied, workersStopped, slotsFull
        case awaySkipped, awayUntilWindow, awaySoon, noWorkerSkipped, guardRefused, guardWentBack
        case foundHeld, foundHeldReady, foundMended, letGoByMending
        case heldWhileItWaits, gaveUpTrying
        case assetPaused, labelPaused, madeAhead, windowEdited, limitEdited, replacedAcross
    }

    var counts: [Kind: Int] = [:]

    mutating func saw(_ kind: Kind) { counts[kind, default: 0] += 1 }

    mutating func add(_ other: Rarities) { counts.merge(other.counts, uniquingKeysWith: +) }

    var missing: [Kind] { Kind.allCases.filter { counts[$0] == nil } }
}
