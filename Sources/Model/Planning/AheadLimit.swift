import Recurrence

/// Which occurrences are too many to be made ahead of their time: all that are made are looked at whenever their job is. What
/// is left out is made later, and nothing is lost. A rollout over all clients has no such limit: whose turn it is cannot be told
/// before each client's part is made. A manifest is refused with which either would be that many.
struct AheadLimit {
    /// When the next one is due; nil where nothing is made ahead.
    private(set) var first: Instant?
    /// The last that may be made; nil where all may.
    private var last: Instant?

    init(_ state: AssignmentState, now: Instant) throws {
        guard state.lead > .zero, state.job.rollout?.across != .clients else { return }
        var (count, moment) = (0, now)
        while count < Job.mostAhead, let next = try state.schedule.next(after: moment)?.at, next - state.lead <= now {
            first = first ?? next
            moment = next
            count += 1
        }
        if count == Job.mostAhead { last = moment }
    }

    func excludes(_ occurrence: Occurrence) -> Bool { last.map { occurrence.at > $0 } ?? false }
}
