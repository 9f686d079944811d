import Model

/// What a job needs of others, and the order of its targets.
extension ManifestCheck {
    mutating func checkRequires(_ job: Job, _ document: Document) {
        for (index, requirement) in (job.requires ?? []).enumerated() {
            guard case .succeeded(let name, _) = requirement else { continue }
            let path = "requires[\(index)].job"
            if name == job.name {
                refuse(document, path, "job '\(name)' requires itself", hint: "name the job that has to go before it")
                continue
            }
            checkName(name, .job, path, document)
            guard let other = catalogue.jobs[name] else { continue }
            if job.targets == nil, other.targets != nil {
                refuse(
                    document, path,
                    "job '\(name)' works on assets, and '\(job.name)' on the client as a whole",
                    hint: "give '\(job.name)' targets, or require a job that works on the client as a whole")
            }
            if let circle = circle(from: job.name, through: name) {
                refuse(
                    document, path, "these jobs wait for each other: \(circle.joined(separator: ", "))",
                    hint: "take one of the requirements out: none of them could ever start")
            }
            checkClients(of: job, with: other, path, document)
        }
    }

    /// A requirement that nothing can meet at a client for whom the other job is not.
    private mutating func checkClients(of job: Job, with other: Job, _ path: String, _ document: Document) {
        let theirs = Set(catalogue.clients(of: other).map(\.name))
        guard let lone = catalogue.clients(of: job).first(where: { !theirs.contains($0.name) }) else { return }
        warn(
            document, path, "job '\(other.name)' is not for client '\(lone.name)', so '\(job.name)' never starts there",
            hint: "make '\(other.name)' for all clients of '\(job.name)'")
    }

    /// The jobs on the way from one back to itself; nil where there is no such way.
    private func circle(from first: String, through second: String) -> [String]? {
        var ways = [[first, second]]
        var seen: Set<String> = []
        while let way = ways.popLast() {
            guard let last = way.last, seen.insert(last).inserted, let job = catalogue.jobs[last] else { continue }
            for next in job.requiredJobs where next != last {
                if next == first { return way }
                ways.append(way + [next])
            }
        }
        return nil
    }

    mutating func checkRings(_ job: Job, _ document: Document) {
        guard let rings = job.rollout?.rings else { return }
        if let all = rings.firstIndex(where: \.match.isEmpty), all < rings.count - 1 {
            warn(
                document, "rollout.rings[\(all + 1)]", "no target ever reaches this ring",
                hint: "ring \(all + 1) matches all that are left: put it last")
        }
        for (index, ring) in rings.enumerated() {
            if let earlier = rings[..<index].firstIndex(where: { $0.match == ring.match }) {
                refuse(
                    document, "rollout.rings[\(index)]", "ring \(index + 1) matches the same as ring \(earlier + 1)",
                    hint: "take one of the two out")
            }
        }
    }
}
