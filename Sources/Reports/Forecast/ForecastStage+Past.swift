import Model
import Recurrence
import Store

extension ForecastStage {
    /// All that was so before: what is open and how far it has come, what people decided, what was found and what failed.
    mutating func bring(in facts: ForecastFacts) {
        let places = Dictionary(
            uniqueKeysWithValues: world.assignments.enumerated().map { place, assignment in
                (ForecastFacts.Pair(job: assignment.job.name, client: assignment.client.name), place)
            })
        for paused in facts.paused { pause(paused, facts) }
        for success in facts.successes {
            guard let place = places[success.pair] else { continue }
            world.succeeded(place, on: success.asset.flatMap { facts.assets[$0] }, at: success.at)
        }
        for found in facts.findings {
            // What is wrong on an asset that is there no more is in nobody's way.
            if let asset = found.asset, facts.assets[asset] == nil { continue }
            world.found(found.finding, for: found.client, on: found.asset.flatMap { facts.assets[$0] })
        }
        for failed in facts.failures {
            if let place = places[failed.pair] { world.failed(place, failed.run) }
        }
        for part in facts.parts {
            if let place = places[part.pair] { world.add(part.tally, of: place, due: part.due, local: part.local) }
        }
        let waivers = Dictionary(grouping: facts.waivers, by: Waived.init)
        for run in facts.open {
            guard let place = places[run.pair] else { continue }
            let number = add(run, of: place, facts)
            if let why = run.why { moves.learn(why, of: number) }
            let covering = waivers[Waived(run.pair, run.asset)]?.filter { $0.covers >= run.due } ?? []
            if !covering.isEmpty { moves.learn(covering, of: number) }
        }
    }

    private mutating func pause(_ paused: ForecastFacts.Paused, _ facts: ForecastFacts) {
        var pause = paused.pause
        // One of an asset that is there no more holds nothing.
        if let asset = paused.subject.asset, pause.cover == .all { pause.cover = .asset(facts.assets[asset] ?? 0) }
        world.add(WorldPause(job: paused.subject.job, client: paused.subject.client, pause: pause))
    }

    private mutating func add(_ run: ForecastFacts.Open, of place: Int, _ facts: ForecastFacts) -> Int64 {
        let job = world.assignments[place].job
        var open = WorldOpenRun(
            target: run.asset.flatMap { facts.assets[$0] }, lane: run.lane, due: run.due, dueBy: run.dueBy,
            place: run.place, ring: run.ring)
        (open.priority, open.limits, open.startedAt) = (run.priority, run.limits, run.leasedAt)
        open.endsAt = run.leasedAt.map { $0 + question.duration(of: job) }
        open.overridesFreeze = run.overridesFreeze
        (open.notBefore, open.failures) = (run.notBefore, run.failures)
        if run.overridesFreeze { unfreeze(place) }
        return world.add(open, of: place)
    }

    /// A window that cannot be made is told where its job is planned.
    private mutating func unfreeze(_ place: Int) {
        let assignment = world.assignments[place]
        guard let name = assignment.job.window, var rule = question.catalogue.windows[name] else { return }
        rule.except = []
        do {
            world.set(
                unfrozenWindow: try rule.window(for: assignment.client, calendars: question.catalogue.calendars),
                of: place)
        } catch { return }
    }

    /// A target of which something is waived.
    private struct Waived: Hashable {
        var pair: ForecastFacts.Pair
        var asset: String?

        init(_ pair: ForecastFacts.Pair, _ asset: String?) { (self.pair, self.asset) = (pair, asset) }

        init(_ waiver: Waiver) {
            self.init(ForecastFacts.Pair(job: waiver.job, client: waiver.client), waiver.asset)
        }
    }
}
