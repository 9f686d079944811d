import Recurrence

extension AssignmentState {
    /// How long after it is due a target's run starts, by the job's spread: the same every time.
    func shift(of target: Int64?, lane: Lane = .proactive) -> Duration {
        guard lane == .proactive, let spread = job.schedule.spread else { return .zero }
        let name = target.flatMap { assets[$0]?.name } ?? client?.name ?? ""
        return spread.shift(of: job.name, target: name)
    }
}

extension Span {
    /// Some time from zero to less than this one, in whole seconds, which is always the same for a job and a target.
    public func shift(of job: String, target: String) -> Duration {
        let seconds = UInt64(max(1, elapsed.components.seconds))
        return .seconds(Int64(StableHash.number("\(job)/\(target)") % seconds))
    }
}
