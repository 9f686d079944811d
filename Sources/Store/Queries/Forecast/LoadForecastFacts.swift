import Model
import Postgres
import Recurrence

extension Store {
    static let selectForecastPlanned: Statement = """
        select j.name, c.name, a.planned_through
        from rota.assignment a
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        where a.removed_at is null
        order by a.id
        """

    static let selectForecastAssets: Statement = "select name, id from rota.asset where removed_at is null"

    /// Of a few assignments of each job the last occurrences, and of these a few runs: enough for a median and for the
    /// slowest tenth, and bounded however long history is.
    static let selectForecastDurations: Statement = """
        select j.name, percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from t.lasted))
        from rota.job j
        cross join lateral (
            select a.id from rota.assignment a where a.job_id = j.id and a.removed_at is null order by a.id limit 20
        ) a
        cross join lateral (
            select o.due_at from rota.occurrence o
            where o.assignment_id = a.id and o.due_at > rota.now() - interval '90 days' and o.due_at < rota.now()
            order by o.due_at desc limit 5
        ) o
        cross join lateral (
            select d.finished_at - d.started_at as lasted
            from rota.run r join rota.done d on d.run_id = r.id and d.due_at = r.due_at
            where r.assignment_id = a.id and r.due_at = o.due_at and d.state = 'succeeded' and d.started_at is not null
            limit 20
        ) t
        where j.removed_at is null
        group by j.name
        """

    static let selectForecastSuccesses: Statement = """
        select j.name, c.name, s.name, l.succeeded_at
        from unnest($1::text[]) n (name)
        join rota.job j on j.name = n.name
        join rota.assignment a on a.job_id = j.id
        join rota.client c on c.id = a.client_id
        join rota.last_success l on l.assignment_id = a.id
        left join rota.asset s on s.id = l.asset_id
        """

    /// The worst on each target of clients for whom one of these jobs must find nothing wrong.
    static let selectForecastFindings: Statement = """
        select distinct on (c.name, s.name) c.name, s.name, j.name, f.severity, f.text, f.found_at
        from (
            select distinct w.client_id
            from rota.assignment w join rota.job o on o.id = w.job_id
            where o.name = any ($1) and w.removed_at is null
        ) n
        join rota.client c on c.id = n.client_id
        join rota.assignment a on a.client_id = n.client_id
        join rota.finding f on f.assignment_id = a.id and f.closed_at is null
        join rota.job j on j.id = a.job_id
        left join rota.asset s on s.id = f.asset_id
        order by c.name, s.name, case f.severity when 'critical' then 0 when 'warning' then 1 else 2 end, f.found_at
        """

    /// As planning asks for them.
    static let selectForecastFailures = Statement(
        """
        select j.name, c.name, f.run_id, f.reason
        from rota.assignment a
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        \(PlanningFacts.lastFailure)
        where j.name = any ($1) and a.removed_at is null
        """)

    static let selectForecastWaivers = Statement(
        """
        select \(Waivers.columns)
        from rota.waiver w
        \(Waivers.joins)
        where w.withdrawn_at is null and (w.until is null or w.until > rota.now())
        """)

    static let selectForecastPauses: Statement = """
        select j.name, c.name, s.name, p.label_key, p.label_value, p.reason, p.actor, p.since, p.until
        from rota.pause p
        left join rota.job j on j.id = p.job_id
        left join rota.client c on c.id = p.client_id
        left join rota.asset s on s.id = p.asset_id
        where p.resumed_at is null and (p.until is null or p.until > rota.now())
        order by p.since, p.id
        """

    static let selectForecastSlots: Statement = """
        select q, sum(w.slots)
        from rota.worker w cross join unnest(w.queues) q
        where w.ended_at is null and w.drain_at is null and w.seen_at > rota.now() - $1::interval
        group by q
        """

    /// What is paused now, the oldest first.
    public func pauses() async throws -> [ForecastFacts.Paused] {
        try await pool.query(Self.selectForecastPauses, []).map(ForecastFacts.Paused.init)
    }

    /// How things stand now.
    ///
    /// - Parameter catalogue: the definitions, which say what of it matters.
    public func forecastFacts(of catalogue: Catalogue) async throws -> ForecastFacts {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            var facts = ForecastFacts(now: try await connection.query(Self.nowStatement, []).only().get(0))
            try await facts.loadPlans(on: connection)
            try await facts.loadOpen(on: connection)
            try await facts.loadParts(of: catalogue, on: connection)
            try await facts.loadRequirements(of: catalogue, on: connection)
            facts.paused = try await connection.query(Self.selectForecastPauses, []).map(ForecastFacts.Paused.init)
            facts.waivers = try await connection.query(Self.selectForecastWaivers, []).map { try Waivers.waiver($0) }
            return facts
        }
    }
}

extension ForecastFacts {
    /// How far planning has come, for whom, and with what durations and workers.
    fileprivate mutating func loadPlans(on connection: isolated Connection) async throws {
        planned = try await connection.query(Store.selectForecastPlanned, []).map { row in
            try WorldPlanned(job: row.get(0), client: row.get(1), through: row.get(2))
        }
        for row in try await connection.query(Store.selectForecastAssets, []) {
            assets[try row.get(0)] = try row.get(1, as: Int64.self)
        }
        for row in try await connection.query(Store.selectForecastDurations, []) {
            let seconds: [Double] = try row.get(1)
            let durations = seconds.map { Duration.milliseconds(Int64($0 * 1_000)) }
            self.durations[try row.get(0)] = Durations(usual: durations[0], slow: durations[1])
        }
        for row in try await connection.query(
            Store.selectForecastSlots, [PostgresInterval(WorkerState.silence)])
        {
            slots[try row.get(0)] = Int(try row.get(1, as: Int64.self))
        }
    }

    fileprivate mutating func loadRequirements(of catalogue: Catalogue, on connection: isolated Connection) async throws
    {
        let jobs = catalogue.jobs.values.sorted { $0.name < $1.name }
        let required = Set(jobs.flatMap(\.requiredJobs)).sorted()
        successes = try await connection.query(Store.selectForecastSuccesses, [required]).map { row in
            try Success(pair: Pair(job: row.get(0), client: row.get(1)), asset: row.get(2), at: row.get(3))
        }
        let careful = jobs.filter(\.requiresNoFinding).map(\.name)
        findings = try await connection.query(Store.selectForecastFindings, [careful]).map { row in
            let finding = try RequirementFacts.OpenFinding(
                job: row.get(2), severity: row.get(3), text: row.get(4), since: row.get(5))
            return try Found(client: row.get(0), asset: row.get(1), finding: finding)
        }
        let pausing = jobs.filter { $0.pauseOnFailure == true }.map(\.name)
        failures = try await connection.query(Store.selectForecastFailures, [pausing]).map { row in
            try Failed(
                pair: Pair(job: row.get(0), client: row.get(1)), run: FailedRun(id: row.get(2), reason: row.get(3)))
        }
    }
}

extension ForecastFacts.Paused {
    fileprivate init(_ row: Row) throws {
        var label: PauseSubject.Label?
        if let key: String = try row.get(3), let value: String = try row.get(4) {
            label = PauseSubject.Label(key: key, value: value)
        }
        subject = try PauseSubject(job: row.get(0), client: row.get(1), asset: row.get(2), label: label)
        pause = try Pause(
            reason: row.get(5), actor: row.get(6), since: row.get(7), until: row.get(8),
            subject: subject.isJobAlone ? nil : subject.description)
        if let label { pause.cover = .label(key: label.key, value: label.value) }
    }
}
