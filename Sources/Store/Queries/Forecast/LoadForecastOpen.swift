import Model
import Postgres
import Recurrence

extension Store {
    static let selectForecastOpen: Statement = """
        select j.name, c.name, s.name, r.lane, r.due_at, r.due_by, r.ring, p.state, p.hold, p.at, p.until, p.why,
            r.assignment_id, r.job_id, coalesce(r.overrides_freeze, false), r.priority, r.limits,
            p.not_before, p.attempts
        from (
            select h.run_id, h.due_at, 'held' as state, h.hold, h.look_at as at, null::timestamptz as until, h.why,
                h.not_before, h.attempts
            from rota.held h
            union all
            select y.run_id, y.due_at, 'ready', null, y.not_before, y.start_by, null, null, y.attempts from rota.ready y
            union all
            select w.run_id, w.due_at, 'waiting', null, w.look_at, null, null, null, 0 from rota.waiting w
            union all
            select u.run_id, u.due_at, 'leased', null, l.leased_at, null, null, null, 0
            from rota.lease l cross join lateral unnest(l.runs, l.dues) u (run_id, due_at)
            where u.run_id is not null
        ) p
        join rota.run r on r.id = p.run_id and r.due_at = p.due_at
        join rota.job j on j.id = r.job_id
        join rota.client c on c.id = r.client_id
        left join rota.asset s on s.id = r.asset_id
        order by r.id
        """

    static let selectForecastLimits: Statement = "select id, key, most from rota.limit_group where id = any ($1)"
}

extension ForecastFacts {
    mutating func loadOpen(on connection: isolated Connection) async throws {
        open = try await connection.query(Store.selectForecastOpen, []).map(Open.init)
        let groups = Set(open.flatMap(\.groups)).sorted()
        var limits: [Int64: RunLimit] = [:]
        for row in try await connection.query(Store.selectForecastLimits, [groups]) {
            let most: Int32? = try row.get(2)
            limits[try row.get(0)] = RunLimit(key: try row.get(1), most: most.map(Int.init))
        }
        for index in open.indices {
            open[index].limits = open[index].groups.compactMap { limits[$0] }
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
        try self.init(
            pair: ForecastFacts.Pair(job: row.get(0), client: row.get(1)), asset: row.get(2), lane: row.get(3),
            due: row.get(4), dueBy: row.get(5), place: place, leasedAt: state == .leased ? at : nil)
        ring = try row.get(6, as: Int16?.self).map(Int.init)
        overridesFreeze = try row.get(14)
        priority = Int(try row.get(15, as: Int16.self))
        why = try row.get(11)
        notBefore = try row.get(17)
        failures = Int(try row.get(18, as: Int32.self))
        (assignment, job) = (try row.get(12), try row.get(13))
        groups = try row.get(16, as: [Int64]?.self) ?? []
    }
}
