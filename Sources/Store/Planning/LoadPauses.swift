import Model
import Postgres

/// What is paused, as planning needs it.
struct PlanningPauses: Sendable {
    /// All that have not ended before a moment, when what is looked at was to be looked at first: there are few, and each may hold
    /// any assignment.
    static let select: Statement = """
        select p.reason, p.actor, p.since, least(p.until, p.resumed_at), p.job_id, p.client_id, p.asset_id, p.label_key, p.label_value,
            j.name, c.name, s.name
        from rota.pause p
        left join rota.job j on j.id = p.job_id
        left join rota.client c on c.id = p.client_id
        left join rota.asset s on s.id = p.asset_id
        where coalesce(least(p.until, p.resumed_at), 'infinity') > least($1::timestamptz, rota.now())
        order by p.since, p.id
        """

    private struct One {
        var job: Int64?
        var client: Int64?
        var pause: Pause
    }

    private var all: [One] = []

    init() {}

    init(_ rows: Rows) throws {
        all = try rows.map { row in
            let subject = PauseSubject(
                job: try row.get(9), client: try row.get(10), asset: try row.get(11), label: try Self.label(row))
            let asset: Int64? = try row.get(6)
            var pause = Pause(
                reason: try row.get(0), actor: try row.get(1), since: try row.get(2), until: try row.get(3),
                subject: subject.isJobAlone ? nil : subject.description)
            if let label = subject.label {
                pause.cover = .label(key: label.key, value: label.value)
            } else if let asset {
                pause.cover = .asset(asset)
            }
            return One(job: try row.get(4), client: try row.get(5), pause: pause)
        }
    }

    private static func label(_ row: Row) throws -> PauseSubject.Label? {
        guard let key: String = try row.get(7), let value: String = try row.get(8) else { return nil }
        return PauseSubject.Label(key: key, value: value)
    }

    /// Those that may hold runs of a job at a client.
    func of(job: Int64, client: Int64) -> [Pause] {
        all.filter { ($0.job ?? job) == job && ($0.client ?? client) == client }.map(\.pause)
    }

    /// Whether one of them asks what targets are.
    var asksForLabels: Bool {
        all.contains { if case .label = $0.pause.cover { true } else { false } }
    }
}
