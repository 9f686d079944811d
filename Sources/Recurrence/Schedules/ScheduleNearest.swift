extension Schedule {
    /// Whether a local time is one that the schedule names.
    public func names(_ local: LocalTime) -> Bool {
        var starts: [Int64]
        switch zone.table.place(local.seconds) {
        case .unique(let time): starts = [time]
        case .overlap(let first, let second): starts = [first, second]
        // Debian's cron runs what is skipped right after the change, a recurrence rule as much later as the clock was
        // put forward.
        case .gap(let transition, let before, _): starts = [transition, local.seconds - before]
        }
        return starts.contains { search(after: $0 - 1, before: RuleEngine.horizon)?.local == local.seconds }
    }

    /// Of the local times that the schedule names the one that is nearest to another, itself where it is one; the later
    /// of two that are. Nil where there is none in ten years before or in all time after it.
    public func nearest(to local: LocalTime) -> LocalTime? {
        if names(local) { return local }
        let time = zone.resolve(local).instant.seconds
        let next = search(after: time - 1, before: RuleEngine.horizon)
        guard let last = last(before: time) else { return next.map { LocalTime(seconds: $0.local) } }
        guard let next, next.time - time <= time - last.time else { return LocalTime(seconds: last.local) }
        return LocalTime(seconds: next.local)
    }

    /// The last before a moment, not more than ten years before it: found by halving, since rules are only followed
    /// forward.
    private func last(before time: Int64) -> (time: Int64, local: Int64)? {
        var (low, high) = (max(time - Self.soon, LocalTime.firstSecond), time - 1)
        var found: (time: Int64, local: Int64)?
        while low < high {
            let middle = low + (high - low) / 2
            if let next = search(after: middle, before: RuleEngine.horizon), next.time < time {
                (found, low) = (next, next.time)
            } else {
                high = middle
            }
        }
        return found
    }
}
