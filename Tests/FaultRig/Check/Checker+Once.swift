/// Promise 10: what must not be repeated was begun once, by what the commands wrote, and again only for a person.
extension Checker {
    func neverRepeated() -> [String] {
        let begun = evidence.work.filter { $0.job == Programme.once && $0.verb == "start" }
        let twice = Dictionary(grouping: begun, by: \.run).filter { Set($0.value.map(\.attempt)).count > 1 }
        let again = evidence.runs.filter { $0.job == Programme.once && $0.lane != "proactive" }
        let undecided = again.filter { run in
            !evidence.decisions.contains { $0.isRetry && $0.run == run.retryOf && $0.mayBeSo }
        }
        // A decision whose answer nobody heard, and which was then taken again, may not have been carried out twice.
        let often = Dictionary(grouping: again, by: \.retryOf).filter { $0.value.count > 1 }
        return twice.map { "run \($0.key) was begun by the attempts \(Set($0.value.map(\.attempt)).sorted())" }
            + undecided.map { "run \($0.id) does what must not be repeated again, and nobody had it done" }
            + often.map { "run \($0.key ?? 0) was done again by the runs \($0.value.map(\.id))" }
    }

    /// Whether a person said that this run succeeded, or gave it up for another.
    func isDecided(_ run: Reading.Run) -> Bool {
        evidence.decisions.contains { $0.run == run.id && $0.mayBeSo && $0.isRetry == (run.state == "failed") }
    }
}
