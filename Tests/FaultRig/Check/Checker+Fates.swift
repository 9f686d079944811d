import Recurrence

/// For whoever looks into a trial that failed.
extension Checker {
    /// How attempts went that were lost, and those of the same runs, each with the first and the last sign of life of its
    /// command; by the machine's clock.
    var fates: String {
        let lost = Set(evidence.attempts.filter { $0.endedAs == "lost" }.map(\.run))
        let lines = evidence.attempts.filter { lost.contains($0.run) }.map(fate)
        return "--- attempts; the fault was over at \(evidence.faultOver)\n" + lines.joined(separator: "\n")
    }

    private func fate(_ attempt: Reading.Attempt) -> String {
        let ahead: Duration = evidence.clock.ahead(at: attempt.leasedAt)
        let signs = evidence.work.filter { $0.attempt == attempt.id }.map { "\($0.verb) \($0.at)" }
        var words = ["run \(attempt.run), \(attempt.id) of \(attempt.worker): leased \(attempt.leasedAt - ahead)"]
        if let ended = attempt.endedAt { words.append("\(attempt.endedAs ?? "") \(ended - ahead)") }
        words += [signs.first, signs.last].compactMap { $0 }
        return words.joined(separator: ", ")
    }
}
