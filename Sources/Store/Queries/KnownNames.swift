import Postgres

/// A kind of thing that a list is narrowed by.
public enum NamedKind: String, Sendable, Hashable, CaseIterable {
    case client, job, asset
}

/// A name that a filter gives, and that nothing has.
public struct UnknownName: Sendable, Hashable {
    public var kind: NamedKind
    public var name: String
    /// Names that there are, for a hint: 10,000 at most.
    public var known: [String]
}

extension Store {
    static let selectUnknown: Statement = """
        select $1::text is not null and not exists (select from rota.client where name = $1),
            $2::text is not null and not exists (select from rota.job where name = $2),
            $3::text is not null and not exists (select from rota.asset where name = $3)
        """

    static let selectNames: Statement = """
        select n.name from (
            select name from rota.client where $1 = 'client' and removed_at is null
            union all select name from rota.job where $1 = 'job' and removed_at is null
            union all select name from rota.asset where $1 = 'asset' and removed_at is null
        ) n
        order by n.name limit 10000
        """

    /// The first name of a filter that nothing has or ever had: a list that is empty for want of it would say that all
    /// is well. Nil where all are known.
    public func unknownName(in filter: RunFilter) async throws -> UnknownName? {
        let names = [filter.client, filter.job, filter.asset]
        guard names.contains(where: { $0 != nil }) else { return nil }
        let row = try await pool.query(Self.selectUnknown, [filter.client, filter.job, filter.asset]).only()
        for (index, kind) in NamedKind.allCases.enumerated() {
            if let name = names[index], try row.get(index, as: Bool.self) {
                return UnknownName(kind: kind, name: name, known: try await self.names(of: kind))
            }
        }
        return nil
    }

    /// The names of a kind that are not removed, in order: 10,000 at most.
    public func names(of kind: NamedKind) async throws -> [String] {
        try await pool.query(Self.selectNames, [kind.rawValue]).map { try $0.get(0) }
    }
}
