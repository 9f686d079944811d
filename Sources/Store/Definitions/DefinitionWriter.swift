import Model
import Postgres

/// Writes definitions of a kind that is nothing but its JSON: clients, calendars and windows.
struct DefinitionWriter: Sendable {
    let kind: Definition.Kind
    let save: Statement
    let remove: Statement

    static let all = [
        DefinitionWriter(.client, table: "client"), DefinitionWriter(.calendar, table: "calendar"),
        DefinitionWriter(.window, table: "window"),
    ]

    /// - Parameter table: a word of the program's own; no value is ever put into a statement's text.
    private init(_ kind: Definition.Kind, table: StaticString) {
        self.kind = kind
        save = Statement(
            """
            insert into rota.\(table) (name, definition, changed_at)
            select name, definition, rota.now() from unnest($1::text[], $2::jsonb[]) as given (name, definition)
            on conflict (name) do update
            set definition = excluded.definition, changed_at = excluded.changed_at, removed_at = null
            """)
        remove = Statement(
            "update rota.\(table) set removed_at = rota.now(), changed_at = rota.now() where name = any ($1)")
    }

    func save(_ definitions: [Definition], on connection: isolated Connection) async throws {
        guard !definitions.isEmpty else { return }
        let documents = try definitions.map { try $0.document }
        _ = try await connection.query(save, [definitions.map(\.name), documents])
    }

    func remove(_ names: [String], on connection: isolated Connection) async throws {
        guard !names.isEmpty else { return }
        _ = try await connection.query(remove, [names])
    }
}

extension Definition {
    /// As it is stored.
    var document: JSON {
        get throws {
            switch self {
            case .client(let client): try JSON(encoding: client)
            case .calendar(let calendar): try JSON(encoding: calendar)
            case .window(let window): try JSON(encoding: window)
            case .asset(let asset): try JSON(encoding: asset)
            case .job(let job): try JSON(encoding: job)
            }
        }
    }
}
