import Postgres

/// Groups of runs of one occurrence, of which nothing is open any more. Each occurrence with `atOnce` makes one, so that they would
/// be more and more; those of assets, jobs and clients are as many as there are such.
///
/// A run that names a group which is gone could never be taken. Runs that name an occurrence's group are made by whoever plans
/// the occurrence, with its assignment locked; so one is removed with all assignments locked that might have a part in it,
/// and only after a look that is taken under these locks.
enum SpentLimits {
    /// The groups that open runs name.
    private static let needed = """
        select g from rota.ready r cross join lateral unnest(r.limits) g where r.limits is not null
        union
        select g from rota.held h
        join rota.run r on r.id = h.run_id and r.due_at = h.due_at cross join lateral unnest(r.limits) g
        union
        select g from rota.waiting w
        join rota.run r on r.id = w.run_id and r.due_at = w.due_at cross join lateral unnest(r.limits) g
        union
        select g from rota.lease l cross join lateral unnest(l.runs, l.dues) u (run_id, due_at)
        join rota.run r on r.id = u.run_id and r.due_at = u.due_at cross join lateral unnest(r.limits) g
        """

    /// The oldest. One over all clients may still get the part of a client that is new, as long as its local time is not past
    /// everywhere.
    static let select = Statement(
        """
        with needed as materialized (\(needed))
        select g.id, split_part(g.key, '/', 2), split_part(g.key, '/', 3)
        from rota.limit_group g
        where g.key like 'occurrence/%' and not exists (select from needed n where n.g = g.id)
            and case when split_part(g.key, '/', 3) = '*'
                then split_part(g.key, '/', 4)::timestamp < rota.now() at time zone 'UTC' - interval '3 days' else true end
        order by g.id
        limit $1
        """)

    /// One that somebody plans or changes is passed over, and its groups with it.
    static let lock: Statement = """
        select a.id
        from rota.assignment a
        where a.id = any (array(
            select o.id
            from unnest($1::text[], $2::text[]) n (job, client)
            join rota.job j on j.name = n.job
            join rota.assignment o on o.job_id = j.id
            left join rota.client c on c.name = n.client
            where n.client = '*' or o.client_id = c.id))
        order by a.id
        for no key update skip locked
        """

    static let delete = Statement(
        """
        with needed as materialized (\(needed))
        delete from rota.limit_group g
        using unnest($1::bigint[], $2::text[], $3::text[]) n (id, job, client)
        where g.id = n.id and not exists (select from needed d where d.g = g.id)
            and not exists (select from rota.limit_use u where u.group_id = g.id)
            and not exists (
                select from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
                where j.name = n.job and (n.client = '*' or c.name = n.client) and a.id <> all ($4::bigint[]))
        """)
}

extension Store {
    /// Removes the groups of occurrences of which nothing is open any more.
    ///
    /// - Parameter most: how many at once.
    /// - Returns: how many were removed.
    public func removeSpentLimits(most: Int = 5_000) async throws -> Int {
        try await pool.transaction { connection in
            let rows = try await connection.query(SpentLimits.select, [Int64(most)])
            guard !rows.isEmpty else { return 0 }
            let ids = try rows.map { try $0.get(0, as: Int64.self) }
            let jobs = try rows.map { try $0.get(1, as: String.self) }
            let clients = try rows.map { try $0.get(2, as: String.self) }
            let locked = try await connection.query(SpentLimits.lock, [jobs, clients]).map { row in
                try row.get(0, as: Int64.self)
            }
            return try await connection.query(SpentLimits.delete, [ids, jobs, clients, locked]).affected
        }
    }
}
