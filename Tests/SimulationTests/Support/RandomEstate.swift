import Recurrence
import SeededDice

@testable import Model

/// Definitions of a seed: clients in zones whose clocks change, windows with a freeze, and jobs with a bit of everything.
struct RandomEstate {
    private(set) var catalogue: Catalogue
    /// Of all assets that there ever were.
    private(set) var numbers: [String: Int64] = [:]
    private(set) var labels: [Int64: [String: String]] = [:]
    private(set) var owners: [String: String] = [:]
    /// The numbers of the assets that there are, by client and kind.
    private var present: [Group: Set<Int64?>] = [:]
    private let size: HistorySize
    /// Of all jobs that there ever were.
    private var jobCount = 0

    private struct Group: Hashable {
        var client: String
        var kind: String
    }

    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC",
    ]

    init(_ dice: inout Dice, _ size: HistorySize) {
        self.size = size
        catalogue = Catalogue()
        for number in 0..<dice.number(size.clients) {
            catalogue.insert(
                .client(
                    Client(
                        name: "c\(number)", timezone: dice.pick(Self.zones),
                        labels: dice.chance(40) ? ["ring": "pilot"] : [:],
                        atOnce: dice.chance(20) ? dice.number(1...3) * size.room : nil)))
        }
        for _ in 0..<dice.number(size.assets) { addAsset(&dice) }
        for definition in Self.windows { catalogue.insert(definition) }
        for _ in 0..<dice.number(size.jobs) { addJob(&dice) }
    }

    /// Nights of every day, a long Sunday that ends what still runs, and the rest of business hours; all closed in a freeze.
    private static let windows: [Definition] = [
        .window(
            WindowRule(
                name: "nights", opens: ScheduleRule(cron: "0 1 * * *"), duration: Span(seconds: 4 * 3600),
                cutoff: Span(seconds: 1800), except: ["frozen"])),
        .window(
            WindowRule(
                name: "sunday", opens: ScheduleRule(cron: "30 2 * * SUN"), duration: Span(seconds: 5 * 3600),
                except: ["frozen"], atClose: .stop)),
        .calendar(
            Calendar(
                name: "frozen",
                days: [.init(rrule: "FREQ=MONTHLY;BYMONTHDAY=13", starting: CivilDate("2025-01-13"))],
                freezes: (2026...2030).flatMap { year in
                    [("03-16", "03-26"), ("10-19", "10-27")].compactMap { first, last in
                        guard let from = CivilDate("\(year)-\(first)"), let through = CivilDate("\(year)-\(last)")
                        else { return nil }
                        return .init(from: from, through: through)
                    }
                })),
    ]

    /// The assets that a job is for at a client; nil is the client as a whole.
    func targets(of job: Job, at client: String) -> Set<Int64?> {
        guard let selector = job.targets else { return [nil] }
        return selector.kinds.reduce(into: []) { $0.formUnion(present[Group(client: client, kind: $1)] ?? []) }
    }

    mutating func change(_ change: (inout Catalogue) -> Void) { change(&catalogue) }

    private mutating func addJob(_ dice: inout Dice) {
        catalogue.insert(.job(job("j\(jobCount)", &dice)))
        jobCount += 1
    }

    private mutating func addAsset(_ dice: inout Dice) {
        let name = "a\(numbers.count + 1)"
        numbers[name] = Int64(numbers.count + 1)
        var labels = ["pair": "p\(dice.number(1...max(2, size.assets.upperBound / 20)))"]
        if dice.chance(30) { labels["ring"] = "pilot" }
        self.labels[Int64(numbers.count)] = labels
        let client = dice.pick(catalogue.clients.keys.sorted())
        owners[name] = client
        let kind = kind(&dice)
        present[Group(client: client, kind: kind), default: []].insert(numbers[name])
        catalogue.insert(.asset(Asset(name: name, client: client, kind: kind, labels: labels)))
    }

    private mutating func removeAsset(_ dice: inout Dice) {
        guard let asset = catalogue.assets[dice.pick(catalogue.assets.keys.sorted())] else { return }
        catalogue.assets[asset.name] = nil
        present[Group(client: asset.client, kind: asset.kind)]?.remove(numbers[asset.name])
    }

    private func kind(_ dice: inout Dice) -> String {
        size.kinds == 1 ? "server" : "kind-\(dice.number(1...size.kinds))"
    }

    /// Something is applied that was otherwise before.
    mutating func edit(_ dice: inout Dice) {
        let jobs = catalogue.jobs.keys.sorted()
        switch dice.number(0...7) {
        case 0, 1:
            // What is planned ahead stays as it was planned.
            guard let name = jobs.first(where: { _ in dice.chance(40) }), var job = catalogue.jobs[name],
                job.rollout?.across != .clients, job.lead == nil
            else { return }
            job.schedule = schedule(&dice)
            keepFromPiling(&job, &dice)
            catalogue.insert(.job(job))
        case 2: for _ in 0..<size.times { addAsset(&dice) }
        case 5: editLimit(&dice)
        case 6: editWindow(&dice)
        case 3 where catalogue.assets.count > 2 * size.times:
            for _ in 0..<size.times { removeAsset(&dice) }
        default:
            // What others require is not removed: an apply refuses that.
            let required = Set(catalogue.jobs.values.flatMap(\.requiredJobs))
            let free = jobs.filter { !required.contains($0) }
            guard jobs.count > 1, !free.isEmpty else { return }
            catalogue.jobs[dice.pick(free)] = nil
            if size.isRenewed { addJob(&dice) }
        }
    }

    /// So many at once of a job, or of a client.
    private mutating func editLimit(_ dice: inout Dice) {
        let most = dice.pick([nil, 1, 2, 3]).map { $0 * size.room }
        if dice.chance(50), var job = catalogue.jobs[dice.pick(catalogue.jobs.keys.sorted())] {
            job.atOnce = most
            catalogue.insert(.job(job))
        } else if var client = catalogue.clients[dice.pick(catalogue.clients.keys.sorted())] {
            client.atOnce = most
            catalogue.insert(.client(client))
        }
    }

    private mutating func editWindow(_ dice: inout Dice) {
        guard var window = catalogue.windows["nights"] else { return }
        window.opens = ScheduleRule(cron: "\(dice.pick([0, 30])) \(dice.number(0...3)) * * *")
        window.duration = Span(seconds: Int64(dice.number(3...6)) * 3600)
        catalogue.insert(.window(window))
    }

    private func schedule(_ dice: inout Dice) -> ScheduleRule {
        let spread = dice.chance(20) ? Span(seconds: 3600) : nil
        if size.isSlow, !dice.chance(5) { return Self.slowSchedule(&dice, spread) }
        switch dice.number(0...6) {
        // Into the hour that the clock skips, or shows twice.
        case 0: return ScheduleRule(cron: "30 2 * * *", spread: spread)
        case 1: return ScheduleRule(cron: "\(dice.number(0...59)) \(dice.number(0...23)) * * MON,THU", spread: spread)
        case 2:
            return ScheduleRule(
                rrule: "FREQ=DAILY;INTERVAL=\(dice.number(1...4))",
                starting: LocalTime("2026-01-0\(dice.number(1...5))T0\(dice.number(0...4)):30"), spread: spread)
        case 3:
            return ScheduleRule(
                rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: LocalTime("2026-01-13T02:00"), offset: Span(days: 5),
                spread: spread)
        case 4, 5: return ScheduleRule(every: Span(seconds: Int64(dice.number(11...40)) * 3600), spread: spread)
        default: return ScheduleRule(cron: "0 1 * * SUN", spread: spread)
        }
    }

    /// Every few weeks.
    private static func slowSchedule(_ dice: inout Dice, _ spread: Span?) -> ScheduleRule {
        switch dice.number(0...4) {
        case 0: return ScheduleRule(cron: "30 2 * * SUN", spread: spread)
        case 1:
            let (minute, hour, day) = (dice.number(0...59), dice.number(0...23), dice.number(1...28))
            return ScheduleRule(cron: "\(minute) \(hour) \(day) * *", spread: spread)
        case 2:
            return ScheduleRule(
                rrule: "FREQ=WEEKLY;INTERVAL=\(dice.number(2...9))",
                starting: LocalTime("2026-01-0\(dice.number(1...5))T0\(dice.number(0...4)):30"), spread: spread)
        case 3:
            return ScheduleRule(
                rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: LocalTime("2026-01-13T02:00"), offset: Span(days: 5),
                spread: spread)
        default: return ScheduleRule(every: Span(seconds: Int64(dice.number(150...2000)) * 3600), spread: spread)
        }
    }

    private func job(_ name: String, _ dice: inout Dice) -> Job {
        var job = Job(
            name: name, schedule: schedule(&dice), window: dice.pick([nil, "nights", "nights", "sunday"]),
            targets: dice.chance(90) ? TargetSelector(kinds: [kind(&dice)]) : nil, priority: dice.number(0...100),
            queue: dice.pick(["q1", "q2"]), action: Self.action(&dice))
        job.catchUp = dice.pick([.latest, .latest, .all, .none])
        job.overlap = dice.pick([.skip, .skip, .queue, .allow, .replace])
        job.retry = RetryPolicy(attempts: dice.number(1...3), wait: Span(seconds: Int64(dice.number(1...90)) * 60))
        job.atOnce = dice.chance(25) ? dice.number(1...3) * size.room : nil
        job.exclusive = dice.chance(30) ? true : nil
        job.repeatable = dice.chance(20) ? false : nil
        job.pauseOnFailure = dice.chance(10) ? true : nil
        job.rollout = dice.chance(45) ? rollout(&dice) : nil
        job.lead = dice.chance(15) ? Span(seconds: Int64(dice.number(1...8)) * 3600) : nil
        keepFromPiling(&job, &dice)
        // One over all clients is for schedules that name the same local times for all of them.
        if job.schedule.every != nil { job.rollout?.across = nil }
        if case .exec = job.action, dice.chance(40) {
            job.whenOffline = dice.pick(job.window == nil ? [.skip, .asap] : [.skip, .asap, .nextWindow, .nextWindow])
        }
        if case .exec = job.action, dice.chance(20) { job.requires = [.file("/run/maintenance")] }
        if dice.chance(20) { job.requires = (job.requires ?? []) + [.noFinding(dice.pick([.warning, .critical]))] }
        if let required = required(by: job), dice.chance(20) {
            // What waits for long is not to pile up behind it.
            if job.overlap == .queue { job.overlap = .skip }
            if job.catchUp == .all { job.catchUp = .latest }
            let hours = Int64(dice.number(12...200)) * (size.isSlow ? 10 : 1)
            job.requires =
                (job.requires ?? []) + [.succeeded(job: required, within: Span(seconds: hours * 3600))]
        }
        return job
    }

    /// What waits for its turn does so for years otherwise, each year longer.
    private func keepFromPiling(_ job: inout Job, _ dice: inout Dice) {
        guard size.isSlow, job.goesInTurn else { return }
        if job.isTask { (job.overlap, job.catchUp) = (.skip, .latest) }
        if job.overlap != .replace || job.catchUp == .all { job.rollout?.across = nil }
        job.schedule = Self.slowSchedule(&dice, job.schedule.spread)
        job.atOnce = nil
        job.rollout?.atOnce = nil
        job.window = job.window == nil ? nil : "nights"
    }

    /// The oldest that is for the same assets.
    private func required(by job: Job) -> String? {
        let jobs = catalogue.jobs.values.filter { size.kinds == 1 || $0.targets == job.targets }
        return jobs.map(\.name).filter { $0 != job.name }.min()
    }

    private static func action(_ dice: inout Dice) -> Action {
        if dice.chance(10) { return .task(TaskAction(assignee: "desk")) }
        return .exec(ExecAction(command: ["true"], timeout: Span(seconds: Int64(dice.number(5...120)) * 60)))
    }

    private func rollout(_ dice: inout Dice) -> Rollout {
        Rollout(
            rings: dice.chance(70)
                ? [
                    .init(match: ["ring": "pilot"], soak: Span(seconds: Int64(dice.number(0...30)) * 3600)),
                    .init(match: [:]),
                ]
                : nil,
            atOnce: dice.chance(50) ? dice.pick([.number(size.times), .share(50)]) : nil,
            stopAfter: dice.chance(50) ? dice.pick([.number(0), .number(1), .share(30)]) : nil,
            apart: dice.chance(40) ? "pair" : nil, across: dice.chance(25) ? .clients : nil)
    }
}
