import Model
import Postgres
import Recurrence

extension Store {
    static let selectParticulars: Statement =
        "select kind, id, revision, changed_at, definition from rota.particulars($1, $2, $3, $4, $5, $6)"

    /// The runs with all that is needed to do them. What the desk does not know yet, or not as it is now, is asked for.
    func leases(_ batches: [TakenBatch], _ desk: WorkDesk) async throws -> [Lease] {
        let missing = desk.state.withLock { state in
            state.forgetTooMany()
            return Missing(batches, state)
        }
        if !missing.isEmpty {
            let rows = try await pool.query(Self.selectParticulars, missing.parameters(worker: desk.worker))
            let news = try rows.map { try Particular($0) }
            desk.state.withLock { state in state.learn(news) }
        }
        // Of an attempt that was ended meanwhile nothing is told: it is not this worker's any more.
        return try desk.state.withLock { state in
            var shared = SharedOrders()
            return try batches.flatMap { batch in
                try batch.runs.indices.compactMap { try batch.run($0).lease(in: batch, state, &shared) }
            }
        }
    }
}

/// The definitions that a desk does not know.
private struct Missing: Sendable {
    private var leases: Set<Int64> = []
    private var revisions: Set<WorkDesk.Revision> = []
    private var clients: Set<Int64> = []
    private var assets: Set<Int64> = []

    init(_ batches: [TakenBatch], _ state: borrowing WorkDesk.State) {
        for batch in batches {
            for place in batch.placesOfDefinitions { look(at: batch.run(place), of: batch, state) }
        }
    }

    private mutating func look(at run: TakenRun, of batch: TakenBatch, _ state: borrowing WorkDesk.State) {
        let knowsJob = state.jobs[run.revision] != nil
        let knowsClient = state.clients[run.client]?.changedAt == run.clientChangedAt
        let knowsAsset = run.asset.map { state.assets[$0]?.changedAt == run.assetChangedAt } ?? true
        if knowsJob && knowsClient && knowsAsset { return }
        leases.insert(batch.lease)
        if !knowsJob { revisions.insert(run.revision) }
        if !knowsClient { clients.insert(run.client) }
        if !knowsAsset, let asset = run.asset { assets.insert(asset) }
    }

    var isEmpty: Bool { leases.isEmpty }

    func parameters(worker: Int64) -> [any PostgresValue] {
        let revisions = Array(revisions)
        return [
            worker, Array(leases), revisions.map(\.job), revisions.map(\.revision), Array(clients), Array(assets),
        ]
    }
}

/// One definition as `rota.particulars` tells it.
private enum Particular: Sendable {
    case job(WorkDesk.Revision, Job)
    case client(Int64, WorkDesk.Known<Client>)
    case asset(Int64, WorkDesk.Known<Asset>)

    init(_ row: Row) throws {
        let id: Int64 = try row.get(1)
        let definition: JSON = try row.get(4)
        switch try row.get(0, as: String.self) {
        case "job": self = .job(.init(job: id, revision: try row.get(2)), try definition.decoded())
        case "client": self = .client(id, .init(changedAt: try row.get(3), definition: try definition.decoded()))
        default: self = .asset(id, .init(changedAt: try row.get(3), definition: try definition.decoded()))
        }
    }
}

extension WorkDesk.State {
    fileprivate mutating func forgetTooMany() {
        if jobs.count > WorkDesk.mostKnown { jobs = [:] }
        if clients.count > WorkDesk.mostKnown { clients = [:] }
        if assets.count > WorkDesk.mostKnown { assets = [:] }
    }

    fileprivate mutating func learn(_ news: [Particular]) {
        for particular in news {
            switch particular {
            case .job(let revision, let job): jobs[revision] = job
            case .client(let id, let client): clients[id] = client
            case .asset(let id, let asset): assets[id] = asset
            }
        }
    }
}
