import Recurrence

/// Definitions as planning is given them. What several assignments have alike is made once.
struct WorldLayout {
    private let catalogue: Catalogue
    private let now: Instant
    private let numbers: [String: Int64]
    private var assets: [String: [Int64: Asset]] = [:]
    private var schedules: [ScheduleBasis: Schedule] = [:]
    private var windows: [WindowPlace: Window] = [:]
    private var targets: [TargetPlace: [Int64?]] = [:]

    init(_ catalogue: Catalogue, numbers: [String: Int64], now: Instant) {
        self.catalogue = catalogue
        self.now = now
        self.numbers = numbers
        for asset in catalogue.assets.values {
            guard let number = numbers[asset.name] else { continue }
            assets[asset.client, default: [:]][number] = asset
        }
    }

    /// - Throws: what the zone, the schedule or the window throws.
    mutating func assignment(of job: Job, for client: Client, plannedThrough: Instant) throws -> WorldAssignment {
        let own = assets[client.name] ?? [:]
        let zone = try Zone.named(client.timezone)
        let state = AssignmentState(
            job: job, schedule: try schedule(job.schedule, for: client), window: try window(of: job, for: client),
            windowStops: job.window.flatMap { catalogue.windows[$0] }?.atClose == .stop,
            plannedThrough: plannedThrough, targets: targets(of: job, client: client.name, on: zone.local(now).date),
            reviewable: job.reviewsAssets ? own.sorted { $0.key < $1.key }.map(\.value) : [],
            client: client, assets: own)
        var assignment = WorldAssignment(client: client, state: state)
        if job.targets?.condition != nil { assignment.conditionZone = zone }
        return assignment
    }

    private mutating func schedule(_ rule: ScheduleRule, for client: Client) throws -> Schedule {
        let basis = ScheduleBasis(rule, for: client, calendars: catalogue.calendars)
        if let known = schedules[basis] { return known }
        let schedule = try rule.schedule(for: client, calendars: catalogue.calendars)
        schedules[basis] = schedule
        return schedule
    }

    private mutating func window(of job: Job, for client: Client) throws -> Window? {
        guard let name = job.window else { return nil }
        guard let rule = catalogue.windows[name] else {
            throw RuleError("there is no window \(name)", hint: "apply it, or take its name out of the job")
        }
        let place = WindowPlace(name: name, client: client)
        if let known = windows[place] { return known }
        let window = try rule.window(for: client, calendars: catalogue.calendars)
        windows[place] = window
        return window
    }

    private mutating func targets(of job: Job, client: String, on today: CivilDate) -> [Int64?] {
        guard let selector = job.targets else { return [nil] }
        let place = TargetPlace(client: client, selector: selector)
        if let known = targets[place] { return known }
        let found: [Int64?] = (assets[client] ?? [:]).filter { selector.matches($0.value, on: today) }.keys.sorted()
        targets[place] = found
        return found
    }

    /// All of a client that a window depends on.
    private struct WindowPlace: Hashable {
        var name: String
        var timezone: String
        var businessHours: [String]
        var holidays: [String]

        init(name: String, client: Client) {
            self.name = name
            timezone = client.timezone
            businessHours = client.businessHours
            holidays = client.holidays
        }
    }

    private struct TargetPlace: Hashable {
        var client: String
        var selector: TargetSelector
    }
}

extension Job {
    /// Whether its task looks through the client's assets.
    fileprivate var reviewsAssets: Bool {
        if case .task(let task) = action { task.review != nil } else { false }
    }
}
