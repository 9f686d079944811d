import Recurrence

/// The jobs of every trial, and when they are due by plain arithmetic, apart from the scheduler.
struct Programme: Sendable {
    struct Periodic: Sendable {
        var name: String
        var every: Int64
        /// For how many tenths of a second its command goes on.
        var tenths: Int
        var clients = Programme.clients
        /// Nil is the client as a whole.
        var assets: [String?] = [nil]
        var more: [String] = []
    }

    /// One of the moments at which a job was due for a client, or one of its assets.
    struct Moment: Hashable, Sendable {
        var job: String
        var client: String
        var asset: String?
        var due: Instant
    }

    static let clients = ["acme", "beta"]
    static let quick = ["quick-0", "quick-1"]
    /// A job whose runs are held once the window has closed.
    static let windowed = "windowed"
    /// A job whose queue nobody serves: it becomes overdue.
    static let unserved = "unserved"
    /// A job that must not be done twice.
    static let once = "once"
    /// A job that is done when somebody asks for it.
    static let asked = "asked"

    static let periodic =
        [
            Periodic(name: "quick-0", every: 1, tenths: 0), Periodic(name: "quick-1", every: 1, tenths: 0),
            Periodic(name: "slow", every: 2, tenths: 12),
            Periodic(name: windowed, every: 1, tenths: 0, more: ["window: shift"]),
            Periodic(name: unserved, every: 2, tenths: 0, more: ["queue: nobody", "within: 1s"]),
            Periodic(name: once, every: 2, tenths: 10, more: ["repeatable: false"]),
        ] + limited

    /// A command may take so long, and does not start where it could not end before the window closes.
    static let timeout = 10

    /// When no windowed run starts any more.
    let lastStart: Instant

    private var closes: Instant { lastStart + .seconds(Self.timeout) }

    /// The manifests, for the database's clock: windows open and close on whole minutes.
    func manifests(script: String, log: String) -> String {
        let opens = closes - .seconds(1800)
        let minute = opens.seconds / 60
        let window = """
            kind: Window
            name: shift
            opens: {cron: "\(minute % 60) \(minute / 60 % 24) * * *"}
            duration: 30m
            """
        let jobs = Self.periodic.map { job in
            Self.written(job, "{every: \(job.every)s}", script, log)
        }
        let asked = Self.written(
            Periodic(name: Self.asked, every: 0, tenths: 2), "{cron: \"0 0 29 2 *\"}", script, log)
        return (Self.surroundings + [window] + jobs + [asked]).joined(separator: "\n---\n") + "\n"
    }

    private static func written(_ job: Periodic, _ schedule: String, _ script: String, _ log: String) -> String {
        """
        kind: Job
        name: \(job.name)
        clients: [\(job.clients.joined(separator: ", "))]
        schedule: \(schedule)
        \(job.more.map { "\($0)\n" }.joined())action:
          exec:
            command: ["\(script)", "\(log)", "\(job.tenths)"]
            timeout: \(timeout)s
        """
    }

    /// `every 2s` is every whole multiple of two seconds.
    static func moments(after: Instant, through: Instant) -> Set<Moment> {
        var moments: Set<Moment> = []
        for job in periodic {
            var second = (after.seconds / job.every + 1) * job.every
            while Instant(seconds: second) <= through {
                let due = Instant(seconds: second)
                for client in job.clients {
                    for asset in job.assets {
                        moments.insert(Moment(job: job.name, client: client, asset: asset, due: due))
                    }
                }
                second += job.every
            }
        }
        return moments
    }
}
