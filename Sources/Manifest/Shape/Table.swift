/// All keys that a mapping may hold, and how they go together.
struct Table<Root: Sendable>: Sendable {
    /// The name of its part of the schema.
    let name: String
    let about: String
    let fields: [AnyField<Root>]
    /// Keys of which there must be exactly one.
    var exactlyOne: [String] = []
    /// The second is missing where the first is there.
    var requires: [(key: String, other: String)] = []
    /// The first has a meaning only beside the second.
    var onlyWith: [(key: String, other: String)] = []
    /// The two exclude each other, for a reason that is the hint.
    var apart: [(key: String, other: String, why: String)] = []
    /// Keys that manifests are to have, and whose behaviour is not there yet: refused, never ignored.
    var notYet: [String] = []
    /// Keys that are often put here but belong somewhere else, and where.
    var elsewhere: [String: String] = [:]

    func tree(of root: Root, withStandards: Bool) -> Tree {
        .map(
            fields.compactMap { field in
                field.write(root, withStandards).map { Tree.Pair(key: field.name, value: $0) }
            })
    }
}

/// What is written as a mapping with the keys of a table.
protocol Written: Equatable, Sendable {
    static var table: Table<Self> { get }
    /// Nil where something that it needs was refused or is missing, of which there is a problem then.
    init?(_ object: ObjectReader<Self>)
}
