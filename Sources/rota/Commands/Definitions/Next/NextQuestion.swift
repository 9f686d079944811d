import Model
import Recurrence

/// What is asked of definitions: when, for whom, how many.
struct NextQuestion {
    var catalogue: Catalogue
    /// Nil is every client, or the only one.
    var client: String?
    /// The asset whose start is asked for, of a job that spreads its starts.
    var asset: String?
    var after: Instant
    var now: Instant
    var count: Int

    /// The next times that a job is due, for each of its clients, as they come.
    func occurrences(ofJob name: String) throws -> NextOccurrences {
        guard let job = catalogue.jobs[name] else {
            throw CommandFailure.unknown("job", name, known: catalogue.jobs.keys.sorted())
        }
        let clients = try clients(of: job, on: asset)
        var answer = NextOccurrences(
            title: job.summary ?? job.name, identity: "job.\(job.name)", length: job.action.longest,
            hasStarts: job.window != nil || shift(of: job, at: "") != nil)
        if let spread = job.schedule.spread, job.targets != nil, asset == nil {
            answer.note =
                "Each asset starts some time within \(spread) of it, always the same: --asset NAME tells when."
        }
        for client in clients {
            try explaining("job/\(name)") {
                let schedule = try job.schedule.schedule(for: client, calendars: catalogue.calendars)
                answer.inWords = clients.count == 1 ? schedule.inWords : job.schedule.inWords
                let window = try window(of: job, for: client)
                let shift = shift(of: job, at: client.name)
                let isEnded = try answer.add(schedule, after: after, count: count, client: client.name) { occurrence in
                    let start = occurrence.at + (shift ?? .zero)
                    guard let window else { return shift.map { _ in start } }
                    return try window.nextStart(after: start, lasting: job.action.longest)?.start
                }
                answer.isEnded = answer.isEnded || isEnded
            }
        }
        answer.entries.sort { ($0.occurrence.at, $0.client ?? "") < ($1.occurrence.at, $1.client ?? "") }
        return answer
    }

    /// How long after it is due it starts on the asset that is asked for, or on the client as a whole; nil where that is at
    /// once, or not said.
    private func shift(of job: Job, at client: String) -> Duration? {
        guard let spread = job.schedule.spread else { return nil }
        guard let target = job.targets == nil ? client : asset else { return nil }
        return spread.shift(of: job.name, target: target)
    }

    /// - Parameter asset: only to whom it belongs.
    private func clients(of job: Job, on asset: String?) throws -> [Client] {
        guard let asset else { return try clients(of: job) }
        guard let found = catalogue.assets[asset] else {
            throw CommandFailure.unknown("asset", asset, known: catalogue.assets.keys.sorted())
        }
        guard let targets = job.targets, let owner = try clients(of: job).first(where: { $0.name == found.client }),
            targets.matches(found, on: try Zone.named(owner.timezone).local(now).date)
        else {
            throw CommandFailure(
                "job \(job.name) does not work on asset '\(asset)'", mend: "see its 'targets' and 'clients'")
        }
        return [owner]
    }

    private func clients(of job: Job) throws -> [Client] {
        let all = catalogue.clients(of: job)
        guard let client else {
            if all.isEmpty { throw CommandFailure("job \(job.name) is for no client", mend: "see its 'clients'") }
            return all
        }
        if let found = all.first(where: { $0.name == client }) { return [found] }
        guard catalogue.clients[client] == nil else {
            throw CommandFailure("job \(job.name) is not for client '\(client)'", mend: "see its 'clients'")
        }
        throw unknownClient(client)
    }

    private func window(of job: Job, for client: Client) throws -> Window? {
        guard let name = job.window else { return nil }
        guard let rule = catalogue.windows[name] else { throw unknownWindow(name) }
        return try rule.window(for: client, calendars: catalogue.calendars)
    }

    /// The next openings of a window for a client.
    func openings(ofWindow name: String) throws -> NextOpenings {
        guard let rule = catalogue.windows[name] else { throw unknownWindow(name) }
        let client = try theClient()
        return try explaining("window/\(name)") {
            let window = try rule.window(for: client, calendars: catalogue.calendars)
            return NextOpenings(
                zone: window.zone, title: "\(name) (\(client.name))", identity: "window.\(name).\(client.name)",
                inWords: window.inWords, openings: Array(window.openings(after: after).prefix(count)))
        }
    }

    private func theClient() throws -> Client {
        if let client {
            guard let found = catalogue.clients[client] else { throw unknownClient(client) }
            return found
        }
        guard let only = catalogue.clients.values.first, catalogue.clients.count == 1 else {
            let known = catalogue.clients.keys.sorted().prefix(10).joined(separator: ", ")
            throw CommandFailure.words(
                "a window opens for a client: which?", mend: "give --client, one of \(known.isEmpty ? "none" : known)")
        }
        return only
    }

    private func unknownClient(_ name: String) -> CommandFailure {
        .unknown("client", name, known: catalogue.clients.keys.sorted())
    }

    private func unknownWindow(_ name: String) -> CommandFailure {
        .unknown("window", name, known: catalogue.windows.keys.sorted())
    }

    /// Tells which definition a rule or zone is of that cannot be used.
    private func explaining<T>(_ place: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as RuleError {
            throw CommandFailure(error.message, mend: error.hint, at: place)
        } catch let error as ZoneError {
            throw CommandFailure(error.message, mend: error.hint, at: place)
        }
    }
}
