/// A database that was broken on purpose, so that it does not keep a promise: what the checker must notice.
public enum Sabotage: String, CaseIterable, Sendable {
    /// An assignment counts as planned for two seconds more than it was.
    case cursorMovedFirst
    /// The unique index on runs is gone, and what is planned is planned a second time.
    case noUniqueIndex
    /// A lease leaves its runs where the next worker finds them.
    case leaseWithoutTaking
    /// Leases are ended that have not run out.
    case expiryUnchecked
    /// Finish, renew and release say yes to every attempt.
    case noFence
    /// Of every five runs that end one is not kept.
    case endsLost
    /// Commits do not wait for the standby, which is behind when it takes the primary's place.
    case standbyBehind
    /// The last commits are gone, as after a backup was read back.
    case commitsLost
    /// Runs that are held for their window become ready all the same.
    case windowForgotten
    /// The runs of a queue are taken out of it, and go nowhere.
    case runsVanish
    /// An assignment is removed in silence.
    case assignmentForgotten
    /// Workers take what counts in a group without its lock.
    case limitUnlocked
    /// What nobody knows the end of is not held for a person.
    case holdForgotten
    /// An attempt that was lost is shown as failed.
    case lostShownAsFailed
    /// A run whose attempt was lost is shown as succeeded.
    case lostShownAsSucceeded
    /// An act is rewritten.
    case actEdited
    /// The last acts are cut off.
    case actsCutOff
    /// An output is rewritten, with the hash that belongs to it.
    case outputEdited
    /// From the middle of the trial on nobody plans one of the jobs.
    case neverTakenUp

    /// The promises that it breaks, each with what the checker has to say of it.
    public var caughtBy: [(promise: Promise, words: String)] {
        switch self {
        case .cursorMovedFirst: [(.oneRunEach, "has no run")]
        case .noUniqueIndex: [(.oneRunEach, "has the runs")]
        case .leaseWithoutTaking: [(.oneLease, "was leased before"), (.nothingVanishes, " places")]
        case .expiryUnchecked: [(.oneLease, "was begun"), (.lostCommandsDie, "its command went on")]
        case .noFence:
            [(.staleRefused, "was finished again"), (.staleRefused, "was renewed"), (.staleRefused, "was handed back")]
        case .endsLost: [(.acknowledgedStays, "was acknowledged as"), (.nothingVanishes, "is in 0 places")]
        case .standbyBehind: [(.acknowledgedStays, "was acknowledged as succeeded, and is nothing")]
        case .commitsLost: [(.acknowledgedStays, "was acknowledged, and is not there")]
        case .windowForgotten: [(.insideWindow, "after the window's last start")]
        case .runsVanish: [(.nothingVanishes, "is in 0 places")]
        case .assignmentForgotten: [(.nothingVanishes, "is overdue, and not told")]
        case .limitUnlocked: [(.limitsHeld, " at once ")]
        case .holdForgotten: [(.neverRepeated, "was begun by the attempts")]
        case .lostShownAsFailed: [(.unknownIsNoResult, "no command fails")]
        case .lostShownAsSucceeded: [(.unknownIsNoResult, "no command came to its end")]
        case .actEdited: [(.evidenceIsWhole, "is not what was written")]
        case .actsCutOff: [(.evidenceIsWhole, "is not in the log of acts")]
        case .outputEdited: [(.evidenceIsWhole, "did not write")]
        case .neverTakenUp: [(.takenUpAgain, "not everything was taken up again")]
        }
    }

    /// What makes it show; nil where a fleet at work is enough.
    var fault: Fault? {
        switch self {
        case .lostShownAsFailed, .lostShownAsSucceeded, .holdForgotten: .killWorker
        case .standbyBehind: .failOver
        default: nil
        }
    }
}
