import Model
import Postgres
import Recurrence
import Store

import class FoundationEssentials.JSONEncoder

/// Definitions in a database, written there directly: what is tested here is what becomes of them.
struct Estate: Sendable {
    let pool: Pool

    /// How far a job's schedule counts as planned when it is added: nothing before it ever becomes a run.
    func add(_ job: Job, for client: Client, plannedThrough: Instant) async throws -> Assignment {
        let number = try await revise(job)
        let id: Int64 = try await pool.query(
            """
            insert into rota.assignment (job_id, client_id, planned_through, wake_at)
            select $1, c.id, $3, $3 from rota.client c where c.name = $2
            returning id
            """, [number, client.name, plannedThrough]
        ).only().get(0)
        return Assignment(id: id, job: job.name, client: client.name)
    }

    /// Adds the same job many times, under names of their own.
    func add(_ jobs: [Job], for client: Client, plannedThrough: Instant) async throws {
        try await pool.transaction { connection in
            for job in jobs {
                let number = try await Self.revise(job, on: connection)
                _ = try await connection.query(
                    """
                    insert into rota.assignment (job_id, client_id, planned_through, wake_at)
                    select $1, c.id, $3, $3 from rota.client c where c.name = $2
                    """, [number, client.name, plannedThrough])
            }
        }
    }

    /// Makes the job's next revision, or its first.
    @discardableResult
    func revise(_ job: Job) async throws -> Int64 {
        try await pool.transaction { try await Self.revise(job, on: $0) }
    }

    private static func revise(_ job: Job, on connection: isolated Connection) async throws -> Int64 {
        let row = try await connection.query(
            """
            insert into rota.job as j (name, revision, changed_at) values ($1, 1, rota.now())
            on conflict (name) do update set revision = j.revision + 1, changed_at = rota.now()
            returning id, revision
            """, [job.name]
        ).only()
        let number: Int64 = try row.get(0)
        _ = try await connection.query(
            """
            insert into rota.job_revision (job_id, revision, definition, applied_at, applied_by)
            values ($1, $2, $3, rota.now(), 'test')
            """, [number, try row.get(1, as: Int32.self), try json(job)])
        return number
    }

    @discardableResult
    func add(_ client: Client) async throws -> Client {
        try await put("client", client.name, client)
        return client
    }

    func add(_ window: WindowRule) async throws {
        try await put("window", window.name, window)
    }

    func add(_ calendar: Calendar) async throws {
        try await put("calendar", calendar.name, calendar)
    }

    @discardableResult
    func add(_ asset: Asset) async throws -> Int64 {
        try await pool.query(
            """
            insert into rota.asset (name, client_id, kind, labels, definition, source, changed_at)
            select $1, c.id, $3, $4, $5, 'manifest', rota.now() from rota.client c where c.name = $2
            returning id
            """, [asset.name, asset.client, asset.kind, try Self.json(asset.labels), try Self.json(asset)]
        ).only().get(0)
    }

    private func put(_ table: String, _ name: String, _ definition: some Encodable) async throws {
        let statement = Statement(
            """
            insert into rota.\(table) (name, definition, changed_at) values ($1, $2, rota.now())
            on conflict (name) do update set definition = excluded.definition
            """)
        _ = try await pool.query(statement, [name, try Self.json(definition)])
    }

    private static func json(_ value: some Encodable) throws -> JSON {
        JSON(String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
    }
}

/// One job for one client, as a test names it.
struct Assignment: Sendable {
    var id: Int64
    var job: String
    var client: String
}
