import Model
import Postgres
import Recurrence

/// The assets on which some assignments work, and those that their tasks review. What several of them ask for alike is
/// read once.
struct PlanningAssets: Sendable {
    static let selectTargets: Statement = """
        select n.place, array_agg(s.id order by s.id)
        from unnest($1::bigint[], $2::jsonb[], $3::jsonb[]) with ordinality n (client_id, kinds, labels, place)
        cross join lateral (
            select a.id from rota.asset a
            where a.client_id = n.client_id and a.removed_at is null and (n.kinds = '[]' or n.kinds ? a.kind)
                and a.labels @> n.labels
            offset 0
        ) s
        group by n.place
        """

    /// How many targets a job has over all its clients.
    static let countTargets: Statement = """
        select n.job_id, count(*)
        from unnest($1::bigint[], $2::jsonb[], $3::jsonb[]) n (job_id, kinds, labels)
        join rota.assignment a on a.job_id = n.job_id and a.removed_at is null
        join rota.asset s on s.client_id = a.client_id and s.removed_at is null
            and (n.kinds = '[]' or n.kinds ? s.kind) and s.labels @> n.labels
        group by n.job_id
        """

    static let selectDefinitions: Statement =
        "select client_id, definition from rota.asset where client_id = any ($1) and removed_at is null"

    private struct Wanted: Hashable {
        var client: Int64
        var selector: TargetSelector
    }

    private var targets: [Wanted: [Int64?]] = [:]
    private var reviewable: [Int64: [Asset]] = [:]
    /// Clients of whom an asset cannot be read.
    private var troubles: [Int64: any Error] = [:]

    static func load(
        for assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws -> PlanningAssets {
        var wanted: Set<Wanted> = []
        var reviewing: Set<Int64> = []
        for assignment in assignments {
            guard let job = definitions.readableJob(of: assignment) else { continue }
            if let selector = job.targets { wanted.insert(Wanted(client: assignment.clientID, selector: selector)) }
            if job.reviewsAssets { reviewing.insert(assignment.clientID) }
        }
        var loaded = PlanningAssets()
        try await loaded.loadTargets(wanted.filter { $0.selector.condition == nil }, on: connection)
        try await loaded.loadNarrowed(
            wanted.filter { $0.selector.condition != nil }, definitions, now: assignments.first?.now, on: connection)
        if !reviewing.isEmpty { try await loaded.loadReviewable(of: Array(reviewing), on: connection) }
        return loaded
    }

    /// The numbers of the assets that the job's selector matches; `[nil]` where it works on the client as a whole.
    func targets(of job: Job, client: Int64) -> [Int64?] {
        guard let selector = job.targets else { return [nil] }
        return targets[Wanted(client: client, selector: selector)] ?? []
    }

    /// What the targets of these are, by their numbers, where their jobs or pauses ask for it.
    func known(
        _ assignments: ArraySlice<WakingAssignment>, _ definitions: PlanningDefinitions,
        on connection: isolated Connection
    ) async throws -> [Int64: Asset] {
        var numbers: Set<Int64> = []
        for assignment in assignments {
            guard let job = definitions.readableJob(of: assignment),
                job.looksAtAssets || definitions.pauses.asksForLabels
            else { continue }
            numbers.formUnion(targets(of: job, client: assignment.clientID).compactMap { $0 })
        }
        return try await PlanningTargets.assets(Array(numbers), on: connection)
    }

    /// The client's assets, where the job's task reviews them.
    ///
    /// - Throws: why an asset cannot be read, where the job has to know what its assets are.
    func reviewable(by job: Job, client: Int64) throws -> [Asset] {
        let readsAssets = job.reviewsAssets || job.targets?.condition != nil
        if readsAssets, let trouble = troubles[client] { throw trouble }
        guard job.reviewsAssets else { return [] }
        return reviewable[client] ?? []
    }

    private mutating func loadTargets(_ wanted: [Wanted], on connection: isolated Connection) async throws {
        guard !wanted.isEmpty else { return }
        let kinds = try wanted.map { try JSON(encoding: $0.selector.kinds) }
        let labels = try wanted.map { try JSON(encoding: $0.selector.labels) }
        for row in try await connection.query(Self.selectTargets, [wanted.map(\.client), kinds, labels]) {
            let place: Int64 = try row.get(0)
            targets[wanted[Int(place) - 1]] = try row.get(1)
        }
    }

    private mutating func loadNarrowed(
        _ wanted: [Wanted], _ definitions: PlanningDefinitions, now: Instant?, on connection: isolated Connection
    ) async throws {
        guard !wanted.isEmpty, let now else { return }
        var choices: [NarrowedTargets.Choice] = []
        for one in wanted {
            do {
                let today = try definitions.today(at: one.client, now: now)
                choices.append(.init(client: one.client, selector: one.selector, today: today))
            } catch {
                troubles[one.client] = error
            }
        }
        let chosen = try await NarrowedTargets.load(choices, on: connection)
        for (choice, chosen) in zip(choices, chosen) {
            switch chosen {
            case .success(let numbers): targets[Wanted(client: choice.client, selector: choice.selector)] = numbers
            case .failure(let trouble): troubles[choice.client] = trouble
            }
        }
    }

    private mutating func loadReviewable(of clients: [Int64], on connection: isolated Connection) async throws {
        for row in try await connection.query(Self.selectDefinitions, [clients]) {
            let client: Int64 = try row.get(0)
            let definition: JSON = try row.get(1)
            do {
                reviewable[client, default: []].append(try definition.decoded())
            } catch {
                troubles[client] = error
            }
        }
    }
}

extension Job {
    fileprivate var reviewsAssets: Bool {
        if case .task(let task) = action { task.review != nil } else { false }
    }
}
