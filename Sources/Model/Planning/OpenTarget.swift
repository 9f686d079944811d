import Recurrence

/// The open runs of one target, with what is asked of them for each run again: found out once, so that one behind which a
/// thousand wait costs no more for each of these than one behind which nobody does.
struct OpenTarget {
    /// In the order in which they were read.
    let runs: [OpenRun]
    // Places among them.
    private var firstGoing: Int?
    private var oldestScheduled: Int?
    private var oldestScheduledGoing: Int?
    /// When those that are part of an occurrence are due, in order.
    private var dues: [Instant] = []

    init(_ runs: [OpenRun]) {
        self.runs = runs
        for (place, run) in runs.enumerated() {
            if run.isGoing { firstGoing = firstGoing ?? place }
            guard run.lane == .proactive else { continue }
            dues.append(run.due)
            if oldest.map({ run.due < $0.due }) ?? true { oldestScheduled = place }
            guard run.isGoing else { continue }
            if oldestGoing.map({ run.due < $0.due }) ?? true { oldestScheduledGoing = place }
        }
        dues.sort()
    }

    /// The first that somebody is at.
    var going: OpenRun? { firstGoing.map { runs[$0] } }
    /// The part of an occurrence that was due before all others.
    var oldest: OpenRun? { oldestScheduled.map { runs[$0] } }
    /// The part of an occurrence that was due before all others that somebody is at.
    var oldestGoing: OpenRun? { oldestScheduledGoing.map { runs[$0] } }

    /// When the next one after a moment was due, up to another.
    func nextDue(after due: Instant, through now: Instant) -> Instant? {
        var (low, high) = (dues.startIndex, dues.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if dues[middle] > due { high = middle } else { low = middle + 1 }
        }
        return low < dues.endIndex && dues[low] <= now ? dues[low] : nil
    }
}
