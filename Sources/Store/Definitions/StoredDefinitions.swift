import Model

/// What a database has of definitions, as far as applying manifests has to know it. What was removed is not in it.
struct StoredDefinitions: Sendable {
    /// All clients, calendars, windows and jobs; of the assets those from manifests, and those asked for by name.
    var catalogue = Catalogue()
    /// The jobs' revisions, by name.
    var revisions: [String: Int32] = [:]
    /// Which of the catalogue's assets were imported.
    var imported: Set<String> = []
    /// How many imported assets each client has, by its name.
    var importedCounts: [String: Int64] = [:]
    var assignments: Set<AssignmentName> = []
}

/// One job for one client.
struct AssignmentName: Hashable, Comparable, Sendable {
    var job: String
    var client: String

    static func < (left: AssignmentName, right: AssignmentName) -> Bool {
        (left.job, left.client) < (right.job, right.client)
    }
}
