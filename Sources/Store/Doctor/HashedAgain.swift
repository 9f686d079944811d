import Postgres

/// What was hashed when it was written, and again now.
public struct HashedAgain: Sendable, Hashable {
    /// How many there were to look at.
    public var looked: Int64
    /// How many of them are there as a whole, and could be hashed.
    public var hashed: Int64
    /// How many are not what they were.
    public var wrong: Int64
    /// The number of the first that is not: an act's, a run's, or an attempt's.
    public var example: Int64?

    public init(looked: Int64 = 0, hashed: Int64 = 0, wrong: Int64 = 0, example: Int64? = nil) {
        self.looked = looked
        self.hashed = hashed
        self.wrong = wrong
        self.example = example
    }
}

extension Store {
    /// Each act's hash is made of its own words and of the hash before it, and no number is left out.
    static let hashActs: Statement = """
        select count(*), count(*) filter (where not c.is_whole), min(c.id) filter (where not c.is_whole)
        from (
            select a.id, a.id = 1 + coalesce(lag(a.id) over (order by a.id), 0)
                and a.previous = coalesce(lag(a.hash) over (order by a.id), '')
                and a.hash = rota.act_hash(a.id, a.at, a.actor, a.verb, a.subject, a.reason, a.detail, a.previous)
                as is_whole
            from rota.act a
        ) c
        """

    /// Goes along the whole chain of acts.
    public func hashActs() async throws -> HashedAgain {
        let row = try await pool.query(Self.hashActs).only()
        let count: Int64 = try row.get(0)
        return HashedAgain(looked: count, hashed: count, wrong: try row.get(1), example: try row.get(2))
    }

    /// The hash of an output is that of the whole, of which only the beginning and the end are kept where it is long.
    static let hashOutputs: Statement = """
        select count(*), count(*) filter (where o.is_whole),
            count(*) filter (where o.is_whole and o.sha256 <> sha256(o.head || o.tail)),
            min(o.attempt_id) filter (where o.is_whole and o.sha256 <> sha256(o.head || o.tail)), min(o.attempt_id)
        from (
            select attempt_id, head, tail, sha256, length = octet_length(head) + octet_length(tail) as is_whole
            from rota.output where attempt_id < $1
            order by attempt_id desc limit $2
        ) o
        """

    static let hashEvidence: Statement = """
        select count(*), count(*), count(*) filter (where e.sha256 <> sha256(e.content)),
            min(e.run_id) filter (where e.sha256 <> sha256(e.content)), min(e.id)
        from (
            select id, run_id, content, sha256 from rota.evidence where id < $1
            order by id desc limit $2
        ) e
        """

    /// Hashes the outputs that were kept, the newest first.
    ///
    /// - Parameter most: how many; nil is all.
    public func hashOutputs(most: Int?) async throws -> HashedAgain {
        try await hashPages(Self.hashOutputs, most: most, page: 1000)
    }

    /// Hashes the evidence that was kept, the newest first.
    ///
    /// - Parameter most: how many; nil is all.
    public func hashEvidence(most: Int?) async throws -> HashedAgain {
        try await hashPages(Self.hashEvidence, most: most, page: 50)
    }

    /// A page at a time, so that no statement takes long.
    private func hashPages(_ statement: Statement, most: Int?, page: Int) async throws -> HashedAgain {
        var all = HashedAgain()
        var before = Int64.max
        while true {
            let size = min(page, most.map { $0 - Int(all.looked) } ?? page)
            guard size > 0 else { return all }
            let row = try await pool.query(statement, [before, Int32(size)]).only()
            let looked: Int64 = try row.get(0)
            all.looked += looked
            all.hashed += try row.get(1, as: Int64.self)
            all.wrong += try row.get(2, as: Int64.self)
            all.example = try all.example ?? row.get(3)
            guard looked == size, let last = try row.get(4, as: Int64?.self) else { return all }
            before = last
        }
    }
}
