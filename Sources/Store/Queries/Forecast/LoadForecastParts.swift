import Model
import Postgres
import Recurrence

extension Store {
    /// The parts of rollouts over all clients: of those of which something is open, and of those of which a client's part may
    /// still be to come.
    static let selectForecastParts: Statement = """
        select a.id, j.id, j.name, c.name, o.due_at, o.local_time
        from (
            select p.assignment_id, p.due_at
            from unnest($1::bigint[], $2::timestamptz[]) n (assignment_id, due_at)
            join rota.occurrence k on k.assignment_id = n.assignment_id and k.due_at = n.due_at
            join rota.assignment m on m.id = n.assignment_id
            join rota.assignment s on s.job_id = m.job_id
            join rota.occurrence p on p.assignment_id = s.id and p.local_time = k.local_time
                and p.due_at between n.due_at - interval '27 hours' and n.due_at + interval '27 hours'
            union
            select s.id, p.due_at
            from rota.job w
            join rota.assignment s on s.job_id = w.id
            join rota.occurrence p on p.assignment_id = s.id and p.due_at > rota.now() - interval '27 hours'
            where w.name = any ($3)
        ) f
        join rota.occurrence o on o.assignment_id = f.assignment_id and o.due_at = f.due_at
        join rota.assignment a on a.id = o.assignment_id
        join rota.job j on j.id = a.job_id
        join rota.client c on c.id = a.client_id
        order by a.id, o.due_at
        """
}

extension ForecastFacts {
    /// How far rollouts have come, and what was decided about them; after what is open.
    mutating func loadParts(of catalogue: Catalogue, on connection: isolated Connection) async throws {
        let watched = catalogue.jobs.filter { $0.value.rollout?.isWatched == true }
        guard !watched.isEmpty else { return }
        let across = Set(watched.filter { $0.value.rollout?.across == .clients }.keys)
        var keys: [RolloutKey: LocalTime?] = [:]
        for run in open where run.lane == .proactive && watched[run.pair.job] != nil {
            guard let assignment = run.assignment else { continue }
            let key = RolloutKey(
                assignment: assignment, job: run.job, jobName: run.pair.job, clientName: run.pair.client, due: run.due,
                isAcross: across.contains(run.pair.job))
            keys.updateValue(nil, forKey: key)
        }
        if !across.isEmpty {
            let asked = keys.keys.filter(\.isAcross)
            let rows = try await connection.query(
                Store.selectForecastParts, [asked.map(\.assignment), asked.map(\.due), across.sorted()])
            for row in rows {
                keys.updateValue(LocalTime(try row.get(5, as: String.self)), forKey: try RolloutKey(row))
            }
        }
        try await load(keys, on: connection)
    }

    /// What all parts have alike is counted for one of them.
    private mutating func load(_ keys: [RolloutKey: LocalTime?], on connection: isolated Connection) async throws {
        let ordered = keys.keys.sorted { ($0.due, $0.assignment) < ($1.due, $1.assignment) }
        var first: [Whole: RolloutKey] = [:]
        for key in ordered {
            let whole = Whole(key, keys[key] ?? nil)
            first[whole] = first[whole] ?? key
        }
        let book = try await RolloutBook.load(Array(first.values), on: connection)
        parts = ordered.map { key in
            let local = keys[key] ?? nil
            let tally = first[Whole(key, local)].map(book.tally) ?? RolloutTally()
            return Part(pair: Pair(job: key.jobName, client: key.clientName), due: key.due, local: local, tally: tally)
        }
    }

    private struct Whole: Hashable {
        var job: Int64
        /// Nil where it goes over all clients; nor is there a moment then.
        var assignment: Int64?
        var due: Instant?
        var local: LocalTime?

        init(_ key: RolloutKey, _ local: LocalTime?) {
            job = key.job
            if key.isAcross { self.local = local } else { (assignment, due) = (key.assignment, key.due) }
        }
    }
}

extension RolloutKey {
    fileprivate init(_ row: Row) throws {
        try self.init(
            assignment: row.get(0), job: row.get(1), jobName: row.get(2), clientName: row.get(3), due: row.get(4),
            isAcross: true)
    }
}
