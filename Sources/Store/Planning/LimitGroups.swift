import Model
import Postgres

/// The groups in which runs count, by the numbers that they have in the database.
struct LimitGroups: Sendable {
    /// In the order of the keys, so that two that make the same do not wait for each other in a circle. `offset 0` has each
    /// key looked up by the index: the planner thinks of a handful, and would compare each of 100,000 with all.
    static let make: Statement = """
        insert into rota.limit_group (key, most)
        select n.key, n.most
        from unnest($1::text[], $2::integer[]) n (key, most)
        where not exists (select from rota.limit_group g where g.key = n.key offset 0)
        order by n.key
        on conflict (key) do nothing
        """

    static let select: Statement = "select key, id from rota.limit_group where key = any ($1)"

    static let setMost: Statement = "select rota.set_limits($1, $2)"

    private var numbers: [String: Int64] = [:]

    /// Makes those that are missing. How many there is room for in one that is there already stays as it is.
    static func groups(_ limits: [RunLimit], on connection: isolated Connection) async throws -> LimitGroups {
        guard !limits.isEmpty else { return LimitGroups() }
        let wanted = Dictionary(limits.map { ($0.key, $0.most) }, uniquingKeysWith: { first, _ in first })
        let keys = wanted.keys.sorted()
        _ = try await connection.query(make, [keys, keys.map { wanted[$0]?.map(Int32.init) }])
        var groups = LimitGroups()
        for row in try await connection.query(select, [keys]) { groups.numbers[try row.get(0)] = try row.get(1) }
        return groups
    }

    /// The limits of a run as PostgreSQL writes an array of numbers; nil where there are none.
    func array(_ limits: [RunLimit]) -> String? {
        guard !limits.isEmpty else { return nil }
        return "{\(limits.compactMap { numbers[$0.key].map(String.init) }.joined(separator: ","))}"
    }

    /// What the limits of jobs and clients are from now on: for runs that are open too.
    static func set(_ limits: [RunLimit], on connection: isolated Connection) async throws {
        guard !limits.isEmpty else { return }
        _ = try await connection.query(setMost, [limits.map(\.key), limits.map { $0.most.map(Int32.init) }])
    }
}
