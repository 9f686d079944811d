import Postgres

/// The migrations that a database has.
struct LandedMigrations {
    /// The server computes the checksums, of what landed and of what this program has alike.
    static let select: Statement = """
        select m.number, m.name, k.number is not null and m.name = k.name
            and (m.checksum = sha256(k.script) or encode(m.checksum, 'hex') is not distinct from k.superseded)
        from rota.migration m
        left join unnest($1::integer[], $2::text[], $3::bytea[], $4::text[]) k (number, name, script, superseded)
            on k.number = m.number
        order by m.number
        """

    static func parameters(of known: [Migration]) -> [any PostgresValue] {
        [known.map { Int32($0.number) }, known.map(\.name), known.map(\.script), known.map(\.superseded)]
    }

    private(set) var numbers: Set<Int> = []

    /// - Throws: `SchemaError` where what has landed is not a beginning of what is known.
    init(_ rows: Rows, known: [Migration]) throws {
        let newest = known.last?.number ?? 0
        var changed: String?
        for row in rows {
            let number = Int(try row.get(0, as: Int32.self))
            numbers.insert(number)
            if number <= newest, try !row.get(2, as: Bool.self), changed == nil { changed = try row.get(1) }
        }
        if let last = numbers.max(), last > newest { throw SchemaError.newer(database: last, program: newest) }
        if let changed { throw SchemaError.changed(name: changed) }
        let pending = pending(of: known)
        if let missing = pending.first, let last = numbers.max(), missing.number < last {
            throw SchemaError.gap(name: missing.name)
        }
    }

    func pending(of known: [Migration]) -> [Migration] {
        known.filter { !numbers.contains($0.number) }
    }
}
