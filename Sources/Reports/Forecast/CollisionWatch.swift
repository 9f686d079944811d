import Model
import Recurrence

/// Sees commands that are at work at once on one asset, or on two that are to be kept apart, where no limit keeps them so.
struct CollisionWatch {
    private struct Going {
        var run: Int64
        var assignment: Int
        var target: Int64
    }

    private struct Pair: Hashable {
        var one: Int
        var other: Int
        var target: Int64
        /// Where it is about assets that are to be kept apart.
        var label: String?
    }

    private struct Clash {
        var at: Instant
        var otherTarget: Int64
        var times = 1
        var last: Instant
    }

    /// What of a job decides about collisions.
    private struct Manner {
        var isCommand: Bool
        var isExclusive: Bool
        /// The place in `labels` of that by whose values it keeps assets apart.
        var apart: Int?
    }

    /// Labels by whose values jobs keep assets apart.
    private let labels: [String]
    private let manners: [Manner]
    private let assets: [Int64: Asset]
    /// An asset's groups by labels: the place of the label, and of the group among all.
    private var groups: [Int64: [(label: Int, group: Int)]] = [:]
    /// What was at work when it was last looked, by asset and by group.
    private var onAsset: [Int64: [Going]] = [:]
    private var inGroup: [[Going]] = []
    private var clashes: [Pair: Clash] = [:]
    private var order: [Pair] = []

    init(_ catalogue: Catalogue, _ assignments: [WorldAssignment], _ assets: [Int64: Asset]) {
        let labels = Set(catalogue.jobs.values.compactMap { $0.rollout?.apart }).sorted()
        self.labels = labels
        self.assets = assets
        manners = assignments.map { assignment in
            let job = assignment.job
            let isCommand = if case .exec = job.action { true } else { false }
            return Manner(
                isCommand: isCommand, isExclusive: job.exclusive == true,
                apart: job.rollout?.apart.flatMap { labels.firstIndex(of: $0) })
        }
        var places: [String: Int] = [:]
        for (number, asset) in assets {
            for (place, label) in labels.enumerated() {
                guard let value = asset.labels[label] else { continue }
                let key = "\(asset.client)/\(label)=\(value)"
                let group = places[key] ?? places.count
                places[key] = group
                groups[number, default: []].append((place, group))
            }
        }
        inGroup = [[Going]](repeating: [], count: places.count)
    }

    mutating func see(_ event: WorldEvent, in world: World) {
        guard case .started(let attempt) = event else { return }
        let number = world.attempts[Int(attempt) - 1].run
        let assignment = world.runs[Int(number) - 1].assignment
        guard let target = world.runs[Int(number) - 1].target, manners[assignment].isCommand else { return }
        let going = Going(run: number, assignment: assignment, target: target)
        see(going, onAsset: target, world)
        for (label, group) in groups[target] ?? [] { see(going, label, group, world) }
    }

    private mutating func see(_ going: Going, onAsset target: Int64, _ world: World) {
        let others = Self.stillGoing(onAsset[target] ?? [], world)
        for other in others where other.run != going.run {
            let isKept = manners[going.assignment].isExclusive && manners[other.assignment].isExclusive
            if !isKept { clash(going, other, nil, world) }
        }
        onAsset[target] = others + [going]
    }

    /// Two jobs of which neither keeps assets apart by this label do not collide, and two that both do cannot.
    private mutating func see(_ going: Going, _ label: Int, _ group: Int, _ world: World) {
        let others = Self.stillGoing(inGroup[group], world)
        for other in others where other.target != going.target {
            let (one, two) = (manners[going.assignment].apart == label, manners[other.assignment].apart == label)
            if one != two { clash(going, other, labels[label], world) }
        }
        inGroup[group] = others + [going]
    }

    /// Those that an attempt still does: what ends in the moment in which another starts has ended.
    private static func stillGoing(_ going: [Going], _ world: World) -> [Going] {
        going.filter { if case .leased = world.runs[Int($0.run) - 1].place { true } else { false } }
    }

    private mutating func clash(_ going: Going, _ other: Going, _ label: String?, _ world: World) {
        let pair = Pair(
            one: min(going.assignment, other.assignment), other: max(going.assignment, other.assignment),
            target: going.target, label: label)
        if clashes[pair] == nil {
            order.append(pair)
            clashes[pair] = Clash(at: world.now, otherTarget: other.target, last: world.now)
        } else {
            clashes[pair]?.times += 1
            clashes[pair]?.last = world.now
        }
    }
}

extension CollisionWatch {
    /// One for each two jobs and asset: the first time, and how often it happens.
    func problems(_ world: World) -> [ForecastProblem] {
        order.compactMap { pair in clashes[pair].map { problem(pair, $0, world) } }
    }

    private func problem(_ pair: Pair, _ clash: Clash, _ world: World) -> ForecastProblem {
        let (one, other) = (world.assignments[pair.one], world.assignments[pair.other])
        let often = clash.times == 1 ? "" : ", \(clash.times) times until \(clash.last)"
        let (what, inGeneral): (String, String)
        if let label = pair.label {
            let names = [pair.target, clash.otherTarget].compactMap { assets[$0]?.name }.joined(separator: " and ")
            let jobs = "\(one.job.name) and \(other.job.name) are at work at once on"
            let apart = "which are to be kept apart by '\(label)'"
            let mend = "give both jobs 'apart: \(label)', or move one of them"
            what = "\(jobs) \(names), \(apart)\(often); \(mend)"
            inGeneral = "\(jobs) assets \(apart); \(mend)"
        } else {
            let jobs = pair.one == pair.other ? "two runs of \(one.job.name)" : "\(one.job.name) and \(other.job.name)"
            let mend = "make both 'exclusive: true', or move one of them"
            what = "\(jobs) are at work on it at once\(often); \(mend)"
            inGeneral = "\(jobs) are at work on one asset at once; \(mend)"
        }
        var problem = ForecastProblem(
            .collision, client: one.client.name, job: one.job.name, asset: assets[pair.target]?.name, due: clash.at,
            reason: pair.label == nil ? "asset" : "apart", text: what)
        (problem.other, problem.inGeneral) = (other.job.name, inGeneral)
        return problem
    }
}
