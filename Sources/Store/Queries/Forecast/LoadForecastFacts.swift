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

    static let selectForecastOpen: Statement = """
        select j.name, c.name, s.name, r.lane, r.due_at, r.due_by, r.ring, p.state, p.hold, p.at, p.until
        from (
            select h.run_id, h.due_at, 'held' as state, h.hold, h.look_at as at, null::timestamptz as until
            from rota.held h
            union all
            select y.run_id, y.due_at, 'ready', null, y.not_before, y.start_by from rota.ready y
            union all
            select w.run_id, w.due_at, 'waiting', null, w.look_at, null from rota.waiting w
            union all
            select u.run_id, u.due_at, 'leased', null, l.leased_at, null
            from rota.lease l cross join lateral unnest(l.runs, l.dues) u (run_id, due_at)
            where u.run_id is not null
        ) p
        join rota.run r on r.id = p.run_id and r.due_at = p.due_at
        join rota.job j on j.id = r.job_id
        join rota.client c on c.id = r.client_id
        left join rota.asset s on s.id = r.asset_id
        order by r.id
        """

    /// Of a few assignments of each job the last occurrences, and of these a few runs: enough for a median, and bounded however
    /// long history is.
    static let selectForecastDurations: Statement = """
        select j.name, percentile_cont(0.5) within group (order by extract(epoch from t.lasted))
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
    /// - Parameter required: names of the jobs whose last successes matter.
    public func forecastFacts(required: [String]) async throws -> ForecastFacts {
        try await pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
            var facts = ForecastFacts(now: try await connection.query(Self.nowStatement, []).only().get(0))
            facts.planned = try await connection.query(Self.selectForecastPlanned, []).map { row in
                try WorldPlanned(job: row.get(0), client: row.get(1), through: row.get(2))
            }
            for row in try await connection.query(Self.selectForecastAssets, []) {
                facts.assets[try row.get(0)] = try row.get(1, as: Int64.self)
            }
            facts.open = try await connection.query(Self.selectForecastOpen, []).map(ForecastFacts.Open.init)
            for row in try await connection.query(Self.selectForecastDurations, []) {
                let seconds: Double = try row.get(1)
                facts.durations[try row.get(0)] = .milliseconds(Int64(seconds * 1_000))
            }
            facts.successes = try await connection.query(Self.selectForecastSuccesses, [required]).map { row in
                try ForecastFacts.Success(job: row.get(0), client: row.get(1), asset: row.get(2), at: row.get(3))
            }
            facts.paused = try await connection.query(Self.selectForecastPauses, []).map(ForecastFacts.Paused.init)
            let silence = PostgresInterval(WorkerState.silence)
            for row in try await connection.query(Self.selectForecastSlots, [silence]) {
                facts.slots[try row.get(0)] = Int(try row.get(1, as: Int64.self))
            }
            return facts
        }
    }
}

extension ForecastFacts.Open {
    fileprivate init(_ row: Row) throws {
        let state: RunState = try row.get(7)
        let at: Instant? = try row.get(9)
        let place: OpenRun.Place
        switch state {
        case .held: place = .held(try row.get(8), lookAt: at)
        case .ready: place = .ready(notBefore: try row.get(9), startBy: try row.get(10))
        case .waiting: place = .waiting(repeatAt: at)
        default: place = .leased
        }
        let ring: Int16? = try row.get(6)
        try self.init(
            job: row.get(0), client: row.get(1), asset: row.get(2), lane: row.get(3), due: row.get(4),
            dueBy: row.get(5), ring: ring.map(Int.init), place: place, leasedAt: state == .leased ? at : nil)
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
