import Recurrence
import SeededDice

@testable import Model

/// One history: a world of a seed, with what people, hosts and bad luck do to it.
struct Drill {
    /// Before the clocks of the north go forward, and before they go back.
    static let beginnings = ["2026-02-25T00:00:00Z", "2026-10-05T00:00:00Z"].compactMap { Instant(rfc3339: $0) }

    static let calmDays = 15

    let seed: UInt64
    let size: HistorySize
    let beginning: Instant
    let storm: Instant
    let end: Instant
    var dice: Dice
    var estate: RandomEstate
    let labour: RandomLabour
    var world: World
    var ledger = Ledger()
    var agenda = Agenda<Act>()
    /// The schedules of assignments, and from when on each counts.
    var schedules: [Int: (schedule: Schedule, from: Instant)] = [:]
    /// The places of assignments in the world's list.
    var places: [RunKey.Assignment: Int] = [:]
    var deadSince: Instant?
    /// What was done, act by act.
    var deeds: [ActRecord] = []
    var acts = 0
    /// The definitions that were applied, one after the other, and which of them schedulers have seen.
    var versions: [Catalogue]
    var seen = 0
    /// What is done whenever something has happened, and is to change nothing.
    var meddling: Meddling?
    /// For its history.
    var looks: [History.Look] = []
    var stops: [String] = []
    var reasons: [Int64: String] = [:]
    var refused = 0
    /// For the laws: how many runs an occurrence has, and what became of a rollout's rings.
    var planned: [OccurrenceKey: Int] = [:]
    var ringEnds: [Int: [Int: RingEnd]] = [:]
    /// With which of the applied definitions each run was planned.
    var plannedBy: [Int: Int] = [:]
    var labels: [Int64: [String: String]] { estate.labels }

    enum Act: Sendable {
        case killSchedulers(Duration)
        case reviveSchedulers
        case stopWorkers(Duration)
        case startWorkers
        case endWorkers(Duration)
        case returnWorkers(of: String)
        case pause(until: Duration?)
        case resume(PauseSubject)
        case cancel, edit
        case decide(rollout: Int, aborts: Bool)
        case settleUnknown, slots, look, calm
    }

    /// - Parameter change: what is otherwise with the first definitions than the seed says.
    init(seed: UInt64, _ size: HistorySize = .season, change: (inout Catalogue) -> Void = { _ in }) throws {
        self.seed = seed
        self.size = size
        dice = Dice(seed)
        beginning = dice.pick(Self.beginnings)
        storm = beginning + .seconds(86_400 * size.days)
        end = storm + .seconds(86_400 * Self.calmDays)
        estate = RandomEstate(&dice, size)
        estate.change(change)
        versions = [estate.catalogue]
        let assignments = estate.catalogue.planned(through: beginning)
        let guarded = assignments.indices.filter { [jobs = estate.catalogue.jobs] place in
            jobs[assignments[place].job]?.requires?.contains(where: \.isGuard) ?? false
        }
        labour = RandomLabour(seed: seed, guarded: Set(guarded))
        world = World(now: beginning, labour: labour)
        world.hearingTakes = .seconds(dice.number(0...10))
        let troubles = world.add(assignments, of: estate.catalogue, numbers: estate.numbers)
        expect(troubles.isEmpty) { _ in "\(troubles)" }
        for _ in 0..<dice.number(size.acts) {
            plan(beginning + .seconds(dice.number(0...size.days * 86_400)), act())
        }
        // What nobody knows the end of is not left for years.
        for week in 0..<size.days / 7 where size.isSlow { plan(beginning + .seconds(week * 604_800), .settleUnknown) }
        if size.isTold {
            for day in 1...size.days + Self.calmDays { plan(beginning + .seconds(86_400 * day - 1), .look) }
        }
        plan(storm, .calm)
        noteSchedules(from: beginning)
    }

    mutating func run() throws {
        try live()
        observe()
        for number in world.assignments.indices { expectDues(of: number, until: end) }
        try checkAll()
    }

    mutating func expect(_ holds: Bool, _ fault: (Drill) -> String) {
        if !holds { ledger.add(fault: fault(self)) }
    }

    mutating func plan(_ at: Instant, _ act: Act) {
        agenda.add(act, at: at)
    }

    private mutating func live() throws {
        try world.settle()
        observe()
        while true {
            let next = min(agenda.next ?? end, end)
            while try world.step(until: next) {
                observe()
                try meddle()
            }
            guard next < end, let act = agenda.take(by: next) else { return }
            acts += 1
            try perform(act)
            try world.settle()
            observe()
        }
    }

    private mutating func act() -> Act {
        switch dice.number(0...15) {
        case 0, 1: .killSchedulers(.seconds(dice.number(600...900_000)))
        case 2, 3: .stopWorkers(.seconds(dice.number(600...260_000)))
        case 4, 5: .pause(until: dice.chance(60) ? .seconds(dice.number(3600...900_000)) : nil)
        case 6, 7, 8: .cancel
        case 9, 10, 11: .edit
        case 12: .slots
        case 13, 14: .endWorkers(.seconds(dice.number(3600...200_000)))
        default: .settleUnknown
        }
    }
}
