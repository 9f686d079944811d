import Model
import Postgres
import Recurrence

/// A run that somebody asked for.
public struct RequestedRun: Sendable, Equatable {
    public var run: Int64
    public var client: String
    public var asset: String?
}

/// What became of the wish to run a job now.
public enum RequestResult: Sendable, Equatable {
    case requested([RequestedRun])
    case unknownJob
    /// The job is there, but for no such client or asset: the text says which.
    case noTarget(String)
}

extension Store {
    static let selectAssignmentsOfJob: Statement = """
        select a.id, c.id, c.name, v.revision, v.definition, c.definition
        from rota.assignment a
        join rota.client c on c.id = a.client_id
        join rota.job j on j.id = a.job_id
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        where a.job_id = $1 and a.removed_at is null and ($2::text is null or c.name = $2)
        order by c.name
        """

    static let insertRequested: Statement = """
        with made as (
            insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at,
                retry_of, made_at, made_by, limits, overrides_freeze)
            select $1, $2, $3, $4, n.asset_id, 'reactive', $5, $6, m.now, $7, m.now, $8, n.limits::bigint[], $11
            from unnest($9::bigint[], $10::text[]) as n (asset_id, limits), (select rota.now() as now) m
            returning id, due_at, assignment_id, asset_id, made_at
        ), held as (
            insert into rota.held (run_id, due_at, assignment_id, hold, why, since, look_at)
            select id, due_at, assignment_id, 'planning', 'no scheduler has looked at it yet', made_at, made_at from made
        )
        select made.id, s.name from made left join rota.asset s on s.id = made.asset_id order by made.id
        """

    /// Asks for the job's work now, on all its targets or only on those of one client or one asset.
    ///
    /// - Parameter overridingFreeze: why its window's freezes and excepted days are not to hold these runs; nil is that they do.
    public func requestRuns(
        job: String, client: String?, asset: String?, overridingFreeze: String? = nil, actor: String
    ) async throws -> RequestResult {
        try await pool.transaction { connection in
            guard let number = try await FindJob.number(of: job, on: connection) else { return .unknownJob }
            var requested: [RequestedRun] = []
            var woken: [Int64] = []
            for row in try await connection.query(Self.selectAssignmentsOfJob, [number, client]) {
                var request = try RunRequest(row, job: number, actor: actor)
                request.overridesFreeze = overridingFreeze != nil
                let made = try await request.insert(asset: asset, on: connection)
                if !made.isEmpty { woken.append(request.assignment) }
                requested += made
            }
            guard !requested.isEmpty else { return .noTarget(Self.noTarget(job, client, asset)) }
            try await WakePlanning.wake(assignments: woken, on: connection)
            let runs = try JSON(encoding: requested.map(\.run))
            let verb = overridingFreeze == nil ? "run" : "run --override-freeze"
            try await Act(actor: actor, verb: verb, subject: "job/\(job)", reason: overridingFreeze, detail: runs)
                .record(on: connection)
            return .requested(requested)
        }
    }

    static func noTarget(_ job: String, _ client: String?, _ asset: String?) -> String {
        switch (client, asset) {
        case (_, let asset?): "job \(job) has no target '\(asset)'\(client.map { " at client '\($0)'" } ?? "")"
        case (let client?, nil): "job \(job) has no targets at client '\(client)'"
        case (nil, nil): "job \(job) has no targets"
        }
    }
}

/// One assignment for which runs are asked.
struct RunRequest: Sendable {
    static let selectTargetsByName: Statement = "select id from rota.asset where id = any ($1) and name = $2"

    var assignment: Int64
    var job: Int64
    var clientID: Int64
    var client: String
    var revision: Int32
    var definition: Job
    var clientDefinition: Client
    var actor: String
    var overridesFreeze = false

    init(_ row: Row, job: Int64, actor: String) throws {
        assignment = try row.get(0)
        self.job = job
        clientID = try row.get(1)
        client = try row.get(2)
        revision = try row.get(3)
        definition = try row.get(4, as: JSON.self).decoded()
        clientDefinition = try row.get(5, as: JSON.self).decoded()
        self.actor = actor
    }

    /// On what the job works at the client now, or only the asset of a name; empty where it is none of these.
    func targets(asset: String?, on connection: isolated Connection) async throws -> [Int64?] {
        let targets = try await PlanningTargets.targets(
            of: definition, client: clientID, timezone: clientDefinition.timezone, on: connection)
        guard let asset else { return targets }
        let numbers = targets.compactMap { $0 }
        return try await connection.query(Self.selectTargetsByName, [numbers, asset]).map { try $0.get(0) }
    }

    func insert(asset: String?, on connection: isolated Connection) async throws -> [RequestedRun] {
        let targets = try await targets(asset: asset, on: connection)
        guard !targets.isEmpty else { return [] }
        return try await insert(targets: targets, retryOf: nil, on: connection)
    }

    func insert(
        targets: [Int64?], retryOf: Int64?, on connection: isolated Connection
    ) async throws -> [RequestedRun] {
        let assets = try await PlanningTargets.assets(targets, on: connection)
        let limits = targets.map { target in
            let subject = RunSubject(client: clientDefinition, asset: target.flatMap { assets[$0] })
            return definition.limits(of: subject, occurrence: nil)
        }
        let groups = try await LimitGroups.groups(limits.flatMap { $0 }, on: connection)
        return try await connection.query(
            Store.insertRequested,
            [
                assignment, job, revision, clientID, definition.queue, Int16(definition.priority), retryOf, actor,
                targets, limits.map(groups.array), overridesFreeze ? true : nil,
            ]
        ).map { row in try RequestedRun(run: row.get(0), client: client, asset: row.get(1)) }
    }
}
