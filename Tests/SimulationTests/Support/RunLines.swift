import Model
import Postgres
import Recurrence
import Store

/// How a database tells of its runs.
enum RunLines {
    static let keys: Statement = """
        select r.id, j.name, c.name, s.name, r.due_at
        from rota.run r
        join rota.job j on j.id = r.job_id join rota.client c on c.id = r.client_id
        left join rota.asset s on s.id = r.asset_id
        """

    static let assignments: Statement = """
        select j.name, c.name
        from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
        order by a.id
        """

    /// The run of a key that is not done.
    static let number: Statement = """
        select r.id
        from rota.run r
        join rota.job j on j.id = r.job_id join rota.client c on c.id = r.client_id
        left join rota.asset s on s.id = r.asset_id
        where j.name = $1 and c.name = $2 and s.name is not distinct from $3 and r.due_at = $4
            and not exists (select from rota.done d where d.run_id = r.id and d.due_at = r.due_at)
        """

    static let held: Statement = "select run_id, hold, look_at from rota.held"
    static let ready: Statement = "select run_id, not_before, start_by from rota.ready"
    static let leased: Statement = "select run_id, leased_at from rota.leased order by attempt_id"
    static let waiting: Statement = "select run_id from rota.waiting"
    static let done: Statement = "select run_id, state, finished_at, reason from rota.done"
    static let attempts: Statement = """
        select run_id, leased_at, ended_at, ended_as from rota.attempt order by run_id, leased_at, id
        """
    static let stops: Statement = "select at, scope, why from rota.rollout_event where event = 'stopped' order by id"

    static let findings: Statement = """
        select concat_ws(' ', j.name, c.name, coalesce(s.name, '-'), f.key, f.severity), f.found_at
        from rota.finding f
        join rota.assignment a on a.id = f.assignment_id
        join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
        left join rota.asset s on s.id = f.asset_id
        where f.closed_at is null
        """

    static func key(_ row: Row) throws -> RunKey {
        try RunKey(job: row.get(1), client: row.get(2), asset: row.get(3), due: row.get(4))
    }
}

extension Reality {
    func keys() async throws -> [Int64: RunKey] {
        Dictionary(
            uniqueKeysWithValues: try await database.pool.query(RunLines.keys, []).map {
                (try $0.get(0, as: Int64.self), try RunLines.key($0))
            })
    }

    /// Where everything that is open stands, by the numbers of runs.
    private func open() async throws -> [Int64: String] {
        var places: [Int64: String] = [:]
        let pool = database.pool
        for row in try await pool.query(RunLines.held, []) {
            places[try row.get(0)] = PlaceWords.held(try row.get(1), lookAt: try row.get(2))
        }
        for row in try await pool.query(RunLines.ready, []) {
            places[try row.get(0)] = PlaceWords.ready(notBefore: try row.get(1), startBy: try row.get(2))
        }
        for row in try await pool.query(RunLines.leased, []) { places[try row.get(0)] = PlaceWords.leased }
        for row in try await pool.query(RunLines.waiting, []) { places[try row.get(0)] = PlaceWords.waiting }
        return places
    }

    mutating func look() async throws {
        let keys = try await keys()
        var places: [RunKey: String] = [:]
        for (run, place) in try await open() { if let key = keys[run] { places[key] = place } }
        history.looks.append(History.Look(at: now, places: places))
    }

    /// Tells all that happened.
    mutating func tell() async throws {
        let keys = try await keys()
        var runs: [Int64: History.Run] = [:]
        for (run, place) in try await open() { runs[run] = History.Run(place: place) }
        for row in try await database.pool.query(RunLines.done, []) {
            let reason: String? = try row.get(3)
            runs[try row.get(0)] = History.Run(
                place: PlaceWords.done(try row.get(1), at: try row.get(2)),
                reason: reason.map(History.withoutNumbers))
        }
        for row in try await database.pool.query(RunLines.attempts, []) {
            runs[try row.get(0)]?.attempts.append(
                History.Attempt(
                    startedAt: try row.get(1), endedAt: try row.get(2),
                    ended: AttemptEnd(rawValue: try row.get(3))))
        }
        for row in try await database.pool.query(RunLines.leased, []) {
            runs[try row.get(0)]?.attempts.append(History.Attempt(startedAt: try row.get(1)))
        }
        for (run, told) in runs { if let key = keys[run] { history.runs[key] = told } }
        history.findings = try await database.pool.query(RunLines.findings, []).map { row in
            "\(try row.get(0, as: String.self)) \(try row.get(1, as: Instant.self))"
        }
        history.stops = try await database.pool.query(RunLines.stops, []).map { row in
            "\(try row.get(0, as: Instant.self)) \(try row.get(1, as: String.self)): \(try row.get(2, as: String.self))"
        }
    }
}
