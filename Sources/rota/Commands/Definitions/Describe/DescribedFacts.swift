import Model
import Recurrence
import Store

/// What every description looks things up in.
struct DescribedFacts: Sendable {
    /// Without assets.
    var catalogue: Catalogue
    var now: Instant

    static func load(from store: Store) async throws -> DescribedFacts {
        DescribedFacts(catalogue: try await store.catalogue(assets: false), now: try await store.now())
    }

    /// Nil where there is no such thing.
    func describe(_ kind: KindWord, _ name: String, from store: Store) async throws -> Description? {
        switch kind {
        case .job:
            guard let job = try await store.jobs(named: name).first else { return nil }
            return try describe(job, try await store.assignments(job: name), try await store.pauses())
        case .client:
            guard let client = try await store.clients(named: name).first else { return nil }
            return try describe(client, try await store.assignments(client: name))
        case .window: return try catalogue.windows[name].map(describe)
        case .calendar: return try catalogue.calendars[name].map(describe)
        case .asset:
            guard let asset = try await store.assets(named: name, limit: 1).first else { return nil }
            return try describe(asset)
        case .worker:
            let answer = try await WorkerAnswer.load(named: name, from: store)
            return answer.workers.isEmpty ? nil : describe(name, answer)
        case .run, .finding, .waiver, .pause:
            return nil
        }
    }

    /// The next occurrence of a job for a client, and when it can start; nil where there is none.
    func next(_ job: String, _ client: String) -> NextStart? {
        guard let job = catalogue.jobs[job], let client = catalogue.clients[client] else { return nil }
        var only = Catalogue()
        only.clients = [client.name: client]
        only.windows = catalogue.windows
        only.calendars = catalogue.calendars
        do {
            return try NextStart.first(1, of: job, in: only, after: now).first
        } catch {
            // Why is told as the assignment's trouble, which a scheduler notes.
            return nil
        }
    }

    /// A row of the lists of assignments, after what it is called.
    static let assignmentColumns: [Table.Column] = [
        .init("next"), .init("open"), .init("last success"), .init("trouble", flexible: true),
    ]

    func assignmentCells(_ assignment: ListedAssignment) -> [Table.Cell] {
        let next = next(assignment.job, assignment.client)
        return [
            .init(next?.startsAt.map { Words.distance(to: $0, from: now) }), .init(Self.open(assignment)),
            .init(assignment.lastSuccess.map { Words.distance(to: $0, from: now) }),
            .init(assignment.trouble, style: .bad),
        ]
    }

    /// `2 held, 1 waiting`; nil where no run is open.
    private static func open(_ assignment: ListedAssignment) -> String? {
        let counts = [
            (assignment.held, "held"), (assignment.ready, "ready"), (assignment.leased, "going"),
            (assignment.waiting, "waiting"),
        ]
        return Listing.joined(counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" })
    }
}
