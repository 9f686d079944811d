/// Which statements the server has prepared for a session, and by what names.
struct PreparedStatements {
    struct Key: Hashable {
        let statement: Statement
        let types: [PostgresType.ID]
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var names: UInt64 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    mutating func name(of key: Key) -> String? {
        guard let index = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// A name that was not used before in this session.
    mutating func freshName() -> String {
        names += 1
        return "s\(names)"
    }

    mutating func remember(_ key: Key, as name: String) {
        uses += 1
        entries[key] = Entry(name: name, lastUse: uses)
    }

    mutating func forget(_ key: Key) {
        entries[key] = nil
    }

    /// Forgets the statement that was unused for longest, where there are too many.
    /// - Returns: its name, for the server to forget it too.
    mutating func evict() -> String? {
        guard entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        entries[oldest.key] = nil
        return oldest.value.name
    }
}
