import Model
import Postgres

/// What a pause names, by the numbers that it has in the database.
struct PausePlace: Sendable {
    static let selectClient: Statement = "select id from rota.client where name = $1 and removed_at is null"
    static let selectAsset: Statement =
        "select id, client_id from rota.asset where name = $1 and removed_at is null"

    /// In the order of their numbers, so that no two wait for each other.
    static let wake: Statement = """
        update rota.assignment set wake_at = least(wake_at, rota.now())
        where id = any (array(
            select a.id from rota.assignment a
            where ($1::bigint is null or a.job_id = $1) and ($2::bigint is null or a.client_id = $2)
                and a.removed_at is null
            order by a.id for no key update))
        """

    var job: Int64?
    var client: Int64?
    var asset: Int64?
    var label: PauseSubject.Label?
    /// To whom the asset belongs.
    var owner: Int64?

    /// With the job locked, so that acts on it come one after the other; nil where something of it is not there.
    static func find(_ subject: PauseSubject, on connection: isolated Connection) async throws -> PausePlace? {
        var place = PausePlace(label: subject.label)
        if let job = subject.job {
            guard let number = try await FindJob.number(of: job, on: connection) else { return nil }
            place.job = number
        }
        if let client = subject.client {
            guard let row = try await connection.query(selectClient, [client]).first else { return nil }
            place.client = try row.get(0)
        }
        if let asset = subject.asset {
            guard let row = try await connection.query(selectAsset, [asset]).first else { return nil }
            place.asset = try row.get(0)
            place.owner = try row.get(1)
        }
        return place
    }

    var parameters: [any PostgresValue] { [job, client, asset, label?.key, label?.value] }

    /// Has schedulers look at all assignments that it may hold.
    func wake(on connection: isolated Connection) async throws {
        _ = try await connection.query(Self.wake, [job, client ?? owner])
        _ = try await connection.query(WakePlanning.notify, [])
    }
}
