extension PauseSubject {
    /// Whether it holds a job's scheduled runs on a target.
    ///
    /// - Parameters:
    ///   - job: with its own labels, which count too.
    ///   - subject: the client, and the asset where the target is one.
    public func holds(_ job: Job, on subject: RunSubject) -> Bool {
        guard self.job.map({ $0 == job.name }) ?? true, client.map({ $0 == subject.client.name }) ?? true,
            asset.map({ $0 == subject.asset?.name }) ?? true
        else { return false }
        guard let label else { return true }
        return job.labels[label.key] == label.value || subject.labels[label.key] == label.value
    }
}
