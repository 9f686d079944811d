import Model
import Postgres
import Recurrence
import Reports
import Store

/// Plans and does all that there is to do, moment by moment; everything succeeds.
struct Reality {
    let fleet: Fleet
    /// What is in hand at the beginning, and when it ends.
    var going: [(lease: Lease, endsAt: Instant)] = []
    /// How long a run lasts.
    let length: (Job) -> Duration

    private static let nextLater: Statement =
        "select min(not_before) from rota.ready where not is_due and parked is null"

    init(fleet: Fleet, going: [(lease: Lease, endsAt: Instant)] = [], length: @escaping (Job) -> Duration) {
        self.fleet = fleet
        self.going = going
        self.length = length
    }

    /// What a forecast says, in the words of ``starts(until:)``.
    static func lines(of forecast: Forecast) -> [String] {
        forecast.starts.map { start in
            let target = forecast.asset(of: start) ?? forecast.client(of: start)
            return "\(start.startsAt) \(forecast.job(of: start)) \(target) due \(start.due)"
        }
    }

    func starts(until end: Instant) async throws -> [String] {
        var starts: [String] = []
        var going = going
        var now = try await fleet.store.now()
        while now < end {
            for one in going where one.endsAt <= now { try await fleet.end(one.lease) }
            going.removeAll { $0.endsAt <= now }
            try await fleet.plan()
            while true {
                let leases = try await fleet.planning.lease(fleet.worker, most: 900, length: .seconds(86_400))
                guard !leases.isEmpty else { break }
                for lease in leases {
                    starts.append(
                        "\(now) \(lease.job.name) \(lease.asset?.name ?? lease.client.name) due \(lease.due)")
                    going.append((lease, now + length(lease.job)))
                }
            }
            guard let next = try await next(after: now, going.map(\.endsAt)) else { break }
            now = next
            try await fleet.planning.database.setClock("\(now)")
        }
        return starts
    }

    private func next(after now: Instant, _ ends: [Instant]) async throws -> Instant? {
        let wake = try await fleet.store.nextWake().map { now + max($0, .microseconds(1)) }
        let later: Instant? = try await fleet.planning.database.pool.query(Self.nextLater).only().get(0)
        return ([wake, later].compactMap { $0 } + ends).min()
    }
}
