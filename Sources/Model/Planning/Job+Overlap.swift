extension Job {
    var isTask: Bool { if case .task = action { true } else { false } }

    /// Whether a run that nobody is at is over when the next is due.
    var givesWay: Bool { overlap == .replace || (overlap == .skip && catchUp != .all) }

    /// Whether a run is skipped that is due while somebody is at another on its target.
    var skips: Bool { overlap == .skip && !goesInTurn }

    /// Whether a run waits for those before it on its target.
    var goesInTurn: Bool { overlap == .queue || overlap == .replace || (catchUp == .all && overlap != .allow) }
}
