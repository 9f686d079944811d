import Model
import Postgres
import Recurrence

/// What jobs whose targets have a condition work on. The server finds the assets by kind and labels, and the condition is
/// asked here: there is one that decides.
enum NarrowedTargets {
    /// The assets of one client that a selector matches on a day.
    struct Choice: Sendable {
        var client: Int64
        var selector: TargetSelector
        /// The date at the client.
        var today: CivilDate
    }

    static let select: Statement = """
        select n.place, s.id, s.definition
        from unnest($1::bigint[], $2::jsonb[], $3::jsonb[]) with ordinality n (client_id, kinds, labels, place)
        cross join lateral (
            select a.id, a.definition from rota.asset a
            where a.client_id = n.client_id and a.removed_at is null and (n.kinds = '[]' or n.kinds ? a.kind)
                and a.labels @> n.labels
            offset 0
        ) s
        order by n.place, s.id
        """

    /// For each choice the numbers of its assets, in order, or why one of them cannot be read.
    static func load(
        _ choices: [Choice], on connection: isolated Connection
    ) async throws -> [Result<[Int64?], any Error>] {
        guard !choices.isEmpty else { return [] }
        let kinds = try choices.map { try JSON(encoding: $0.selector.kinds) }
        let labels = try choices.map { try JSON(encoding: $0.selector.labels) }
        var chosen = [Result<[Int64?], any Error>](repeating: .success([]), count: choices.count)
        for row in try await connection.query(select, [choices.map(\.client), kinds, labels]) {
            let (place, definition) = (Int(try row.get(0, as: Int64.self)) - 1, try row.get(2, as: JSON.self))
            guard case .success(var numbers) = chosen[place] else { continue }
            // Moved out of the list, so that adding to it does not copy it.
            chosen[place] = .success([])
            do {
                let asset: Asset = try definition.decoded()
                if choices[place].selector.matches(asset, on: choices[place].today) {
                    numbers.append(try row.get(1, as: Int64.self))
                }
                chosen[place] = .success(numbers)
            } catch {
                chosen[place] = .failure(error)
            }
        }
        return chosen
    }
}
