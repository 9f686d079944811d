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

    /// So many assets are read at once: what is known of all of them would be a hundred times what is kept.
    static let most = 5_000

    static let select: Statement = """
        select n.place, a.id, a.definition
        from unnest($1::bigint[], $2::bigint[]) n (place, id)
        join rota.asset a on a.id = n.id
        order by n.place, a.id
        """

    /// For each choice the numbers of its assets, in order, or why one of them cannot be read.
    static func load(
        _ choices: [Choice], on connection: isolated Connection
    ) async throws -> [Result<[Int64?], any Error>] {
        guard !choices.isEmpty else { return [] }
        var chosen = [Result<[Int64?], any Error>](repeating: .success([]), count: choices.count)
        var page: (places: [Int64], assets: [Int64]) = ([], [])
        for (place, assets) in try await candidates(choices, on: connection) {
            for asset in assets {
                page.places.append(Int64(place))
                page.assets.append(asset)
                if page.assets.count == most {
                    try await ask(page, of: choices, &chosen, on: connection)
                    page = ([], [])
                }
            }
        }
        if !page.assets.isEmpty { try await ask(page, of: choices, &chosen, on: connection) }
        return chosen
    }

    /// The assets of each choice by kind and labels alone, by the choice's place.
    private static func candidates(
        _ choices: [Choice], on connection: isolated Connection
    ) async throws -> [(Int, [Int64])] {
        let kinds = try choices.map { try JSON(encoding: $0.selector.kinds) }
        let labels = try choices.map { try JSON(encoding: $0.selector.labels) }
        return try await connection.query(
            PlanningAssets.selectTargets, [choices.map(\.client), kinds, labels]
        ).map { (Int(try $0.get(0, as: Int64.self)) - 1, try $0.get(1)) }
    }

    private static func ask(
        _ page: (places: [Int64], assets: [Int64]), of choices: [Choice],
        _ chosen: inout [Result<[Int64?], any Error>], on connection: isolated Connection
    ) async throws {
        for row in try await connection.query(select, [page.places, page.assets]) {
            let (place, definition) = (Int(try row.get(0, as: Int64.self)), try row.get(2, as: JSON.self))
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
    }
}
