import Model
import Postgres
import Recurrence

/// What planning some assignments needs of the definitions: each is read and decoded once, however many need it. One that
/// cannot be read is the trouble of those that need it.
struct PlanningDefinitions: Sendable {
    typealias Read<Value> = Result<Value, any Error>

    static let selectJobs: Statement = """
        select v.job_id, v.definition
        from unnest($1::bigint[], $2::integer[]) n (job_id, revision)
        join rota.job_revision v on v.job_id = n.job_id and v.revision = n.revision
        """

    static let selectClients: Statement = "select id, definition from rota.client where id = any ($1)"

    static let selectWindows: Statement =
        "select name, definition from rota.window where name = any ($1) and removed_at is null"

    static let selectCalendars: Statement =
        "select name, definition from rota.calendar where name = any ($1) and removed_at is null"

    private var jobs: [Int64: Read<Job>] = [:]
    private var clients: [Int64: Read<Client>] = [:]
    private var windows: [String: Read<WindowRule>] = [:]
    private var calendars: [String: Read<Calendar>] = [:]
    private(set) var pauses = PlanningPauses()
    /// Clients whose schedules or windows come to the same share one.
    private var schedules: [ScheduleBasis: Schedule] = [:]
    private var places: [WindowPlace: Window] = [:]

    static func load(
        for assignments: ArraySlice<WakingAssignment>, on connection: isolated Connection
    ) async throws -> PlanningDefinitions {
        var loaded = PlanningDefinitions()
        let revisions = Dictionary(assignments.map { ($0.jobID, $0.revision) }, uniquingKeysWith: { first, _ in first })
        let jobs = Array(revisions.keys)
        let rows = try await connection.together([
            (selectJobs, [jobs, jobs.compactMap { revisions[$0] }]),
            (selectClients, [Array(Set(assignments.map(\.clientID)))]),
            (PlanningPauses.select, [assignments.compactMap(\.wakeAt).min()]),
        ])
        loaded.jobs = try read(rows[0])
        loaded.clients = try read(rows[1])
        loaded.pauses = try PlanningPauses(rows[2])
        try await loaded.loadWindows(on: connection)
        try await loaded.loadCalendars(for: assignments, on: connection)
        return loaded
    }

    func job(of assignment: WakingAssignment) throws -> Job { try Self.found(jobs[assignment.jobID]) }

    func client(of assignment: WakingAssignment) throws -> Client { try Self.found(clients[assignment.clientID]) }

    /// The date at a client: by it facts age.
    func today(at client: Int64, now: Instant) throws -> CivilDate {
        try Zone.named(Self.found(clients[client]).timezone).local(now).date
    }

    /// Nil where it cannot be read.
    func readableJob(of assignment: WakingAssignment) -> Job? { jobs[assignment.jobID]?.value }

    mutating func schedule(of assignment: WakingAssignment) throws -> Schedule {
        let rule = try job(of: assignment).schedule
        let client = try Self.found(clients[assignment.clientID])
        let calendars = try calendars(rule.calendars(for: client))
        let basis = ScheduleBasis(rule, for: client, calendars: calendars)
        if let known = schedules[basis] { return known }
        let schedule = try rule.schedule(for: client, calendars: calendars)
        schedules[basis] = schedule
        return schedule
    }

    /// The job's window, as it is written.
    func windowRule(of assignment: WakingAssignment) throws -> WindowRule? {
        guard let name = try job(of: assignment).window else { return nil }
        guard let rule = try windows[name]?.get() else {
            throw RuleError("there is no window \(name)", hint: "apply it, or take its name out of the job")
        }
        return rule
    }

    /// - Parameter unfrozen: as it would be without excepted days and freezes.
    mutating func window(of assignment: WakingAssignment, unfrozen: Bool = false) throws -> Window? {
        guard var rule = try windowRule(of: assignment) else { return nil }
        if unfrozen { rule.except = [] }
        let client = try Self.found(clients[assignment.clientID])
        let place = WindowPlace(name: rule.name, isUnfrozen: unfrozen, client: client)
        if let known = places[place] { return known }
        let window = try rule.window(for: client, calendars: calendars(rule.calendars(for: client)))
        places[place] = window
        return window
    }

    private mutating func loadWindows(on connection: isolated Connection) async throws {
        let names = Set(jobs.values.compactMap { job in job.value?.window })
        guard !names.isEmpty else { return }
        windows = try Self.read(try await connection.query(Self.selectWindows, [Array(names)]))
    }

    private mutating func loadCalendars(
        for assignments: ArraySlice<WakingAssignment>, on connection: isolated Connection
    ) async throws {
        var names: Set<String> = []
        for assignment in assignments {
            guard let job = readableJob(of: assignment), let client = clients[assignment.clientID]?.value else {
                continue
            }
            names.formUnion(job.schedule.calendars(for: client))
            if let name = job.window, let window = windows[name]?.value {
                names.formUnion(window.calendars(for: client))
            }
        }
        guard !names.isEmpty else { return }
        calendars = try Self.read(try await connection.query(Self.selectCalendars, [Array(names)]))
    }

    private func calendars(_ names: [String]) throws -> [String: Calendar] {
        var found: [String: Calendar] = [:]
        for name in names { found[name] = try calendars[name]?.get() }
        return found
    }

    /// Rows of a key and a definition.
    private static func read<Key: Hashable & PostgresValue, Value: Decodable>(_ rows: Rows) throws -> [Key: Read<Value>]
    {
        var read: [Key: Read<Value>] = [:]
        for row in rows {
            let definition: JSON = try row.get(1)
            read[try row.get(0)] = Read { try definition.decoded() }
        }
        return read
    }

    private static func found<Value>(_ read: Read<Value>?) throws -> Value {
        guard let read else { throw RuleError("its definition is not there") }
        return try read.get()
    }
}

/// All of a client that a window depends on.
private struct WindowPlace: Hashable, Sendable {
    var name: String
    var isUnfrozen: Bool
    var timezone: String
    var businessHours: [String]
    var holidays: [String]

    init(name: String, isUnfrozen: Bool, client: Client) {
        self.name = name
        self.isUnfrozen = isUnfrozen
        timezone = client.timezone
        businessHours = client.businessHours
        holidays = client.holidays
    }
}

extension Result {
    fileprivate var value: Success? {
        if case .success(let value) = self { value } else { nil }
    }
}
