import Model
import Postgres

extension StoredDefinitions {
    static let selectDefinitions: Statement = """
        select 'Client', definition, null::integer, false from rota.client where removed_at is null
        union all
        select 'Calendar', definition, null, false from rota.calendar where removed_at is null
        union all
        select 'Window', definition, null, false from rota.window where removed_at is null
        union all
        select 'Job', v.definition, j.revision, false
        from rota.job j join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        where j.removed_at is null
        union all
        select 'Asset', definition, null, source = 'import' from rota.asset
        where removed_at is null and (source = 'manifest' or name = any ($1))
        """

    static let countImported: Statement = """
        select c.name, count(*) from rota.asset a join rota.client c on c.id = a.client_id
        where a.source = 'import' and a.removed_at is null
        group by c.name
        """

    static let selectAssignments: Statement = """
        select j.name, c.name
        from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
        where a.removed_at is null
        """

    /// - Parameter assets: names of assets to load even where they were imported.
    static func load(assets: [String], on connection: isolated Connection) async throws -> StoredDefinitions {
        var stored = StoredDefinitions()
        for row in try await connection.query(selectDefinitions, [assets]) {
            let definition = try row.definition(kind: 0, json: 1)
            stored.catalogue.insert(definition)
            if let revision: Int32 = try row.get(2) { stored.revisions[definition.name] = revision }
            if try row.get(3) { stored.imported.insert(definition.name) }
        }
        for row in try await connection.query(countImported) {
            stored.importedCounts[try row.get(0)] = try row.get(1)
        }
        for row in try await connection.query(selectAssignments) {
            stored.assignments.insert(AssignmentName(job: try row.get(0), client: try row.get(1)))
        }
        return stored
    }
}

extension Definition.Kind: PostgresValue {}

extension Row {
    /// A definition that is stored as its kind and its JSON.
    func definition(kind: Int, json: Int) throws -> Definition {
        let document: JSON = try get(json)
        switch try get(kind, as: Definition.Kind.self) {
        case .client: return .client(try document.decoded())
        case .calendar: return .calendar(try document.decoded())
        case .window: return .window(try document.decoded())
        case .asset: return .asset(try document.decoded())
        case .job: return .job(try document.decoded())
        }
    }
}
