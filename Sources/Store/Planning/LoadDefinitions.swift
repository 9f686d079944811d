import Model
import Postgres
import Recurrence

/// What planning an assignment needs of the definitions.
struct PlanningDefinitions: Sendable {
    static let select: Statement = """
        select v.definition, c.definition
        from rota.assignment a
        join rota.job j on j.id = a.job_id
        join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
        join rota.client c on c.id = a.client_id
        where a.id = $1
        """

    static let selectWindow: Statement =
        "select definition from rota.window where name = $1 and removed_at is null"

    static let selectCalendars: Statement =
        "select definition from rota.calendar where name = any ($1) and removed_at is null"

    var job: Job
    var client: Client
    var schedule: Schedule
    var window: Window?

    static func load(of assignment: Int64, on connection: isolated Connection) async throws -> PlanningDefinitions {
        let row = try await connection.query(select, [assignment]).only()
        let job: Job = try row.get(0, as: JSON.self).decoded()
        let client: Client = try row.get(1, as: JSON.self).decoded()
        let window = try await window(of: job, on: connection)
        let calendars = try await calendars(
            job.schedule.calendars(for: client) + (window?.calendars(for: client) ?? []), on: connection)
        return PlanningDefinitions(
            job: job, client: client, schedule: try job.schedule.schedule(for: client, calendars: calendars),
            window: try window?.window(for: client, calendars: calendars))
    }

    private static func window(of job: Job, on connection: isolated Connection) async throws -> WindowRule? {
        guard let name = job.window else { return nil }
        guard let row = try await connection.query(selectWindow, [name]).first else {
            throw RuleError("there is no window \(name)", hint: "apply it, or take its name out of the job")
        }
        return try row.get(0, as: JSON.self).decoded()
    }

    private static func calendars(
        _ names: [String], on connection: isolated Connection
    ) async throws -> [String: Calendar] {
        guard !names.isEmpty else { return [:] }
        let calendars = try await connection.query(selectCalendars, [names])
            .map { try $0.get(0, as: JSON.self).decoded(as: Calendar.self) }
        return Dictionary(calendars.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
