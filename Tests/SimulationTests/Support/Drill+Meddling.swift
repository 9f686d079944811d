import SeededDice

@testable import Model

/// What is done to a world whenever something has happened in it, and is to change nothing that happens afterwards.
enum Meddling {
    /// Everything is looked at once more, without a reason.
    case looks
    /// Now and then somebody does something and takes it back at once.
    case undoes(Dice)
}

extension Drill {
    /// What the runs of a seed came to; not where they stood meanwhile and for which reason, which a look finds out earlier.
    static func outcome(
        of seed: UInt64, meddling: Meddling? = nil, change: (inout Catalogue) -> Void = { _ in },
        without isLeftOut: (Act) -> Bool = { _ in false }
    ) throws -> History {
        var drill = try Drill(seed: seed, change: change)
        drill.meddling = meddling
        drill.agenda.keep { !isLeftOut($0) }
        try drill.run()
        var history = drill.history
        history.looks = []
        history.runs = history.runs.filter { $0.key.due < drill.end }
        for key in history.runs.keys { history.runs[key]?.reason = nil }
        return history
    }

    mutating func meddle() throws {
        switch meddling {
        case nil: return
        case .looks:
            for number in world.assignments.indices { world.wake(number) }
            try settle()
        case .undoes(var chance):
            if chance.chance(20) { try undo(&chance) }
            meddling = .undoes(chance)
        }
    }

    private mutating func undo(_ chance: inout Dice) throws {
        switch chance.number(0...3) {
        case 0:
            guard world.isPlanning else { return }
            world.isPlanning = false
            try settle()
            world.isPlanning = true
        case 1: try undoPause(of: chance.pick(world.assignments.map { ($0.job.name, $0.client.name) }))
        case 2:
            try undoEdit { catalogue in
                // It does not open for months.
                catalogue.windows["nights"]?.opens = ScheduleRule(cron: "0 0 1 8 *")
            }
        default:
            let name = chance.pick(estate.catalogue.clients.keys.sorted())
            try undoEdit { $0.clients[name]?.atOnce = 1 }
        }
        try settle()
    }

    private mutating func undoPause(of subject: (job: String, client: String)) throws {
        // Who resumes ends all pauses of a job.
        let isPaused = world.pauses.contains { pause in
            (pause.job == subject.job || pause.job == nil) && pause.pause.isActive(at: world.now)
        }
        guard !isPaused else { return }
        let pause = Pause(reason: Self.reason, actor: Self.actor, since: world.now, until: nil)
        world.add(WorldPause(job: subject.job, client: subject.client, pause: pause))
        try settle()
        world.resume(job: subject.job, client: subject.client)
    }

    private mutating func undoEdit(_ edit: (inout Catalogue) -> Void) throws {
        let before = versions[versions.count - 1]
        var edited = before
        edit(&edited)
        try world.apply(edited, before: before, numbers: estate.numbers)
        try settle()
        try world.apply(before, before: edited, numbers: estate.numbers)
    }

    private mutating func settle() throws {
        try world.settle()
        observe()
    }
}
