import Model
import Recurrence
import Store

extension Store {
    /// What a forecast from now on follows from: the definitions, how things stand, and how long work took so far.
    ///
    /// - Parameters:
    ///   - from: the first moment that is told, of the database's time; now or later.
    ///   - days: 1 to 400.
    ///   - standard: how long a run lasts where history does not say.
    public func forecastQuestion(
        from: (_ now: Instant) -> Instant, days: Int, standard: Duration
    ) async throws -> ForecastQuestion {
        let catalogue = try await catalogue()
        let required = Set(catalogue.jobs.values.flatMap(\.requiredJobs)).sorted()
        let facts = try await forecastFacts(required: required)
        let first = from(facts.now)
        var question = ForecastQuestion(
            catalogue: catalogue, now: facts.now, from: first, until: first + .seconds(86_400 * days),
            standard: standard)
        question.durations = facts.durations
        question.slots = facts.slots
        question.planned = facts.planned
        question.numbers = facts.assets
        question.open = facts.open.map(ForecastQuestion.Open.init)
        question.successes = facts.successes.map {
            .init(pair: .init(job: $0.job, client: $0.client), asset: $0.asset, at: $0.at)
        }
        question.pauses = facts.paused.map {
            .init(job: $0.subject.job, client: $0.subject.client, asset: $0.subject.asset, pause: $0.pause)
        }
        return question
    }
}

extension ForecastQuestion.Open {
    fileprivate init(_ run: ForecastFacts.Open) {
        self.init(
            job: run.job, client: run.client, asset: run.asset, lane: run.lane, due: run.due, dueBy: run.dueBy,
            ring: run.ring, place: run.place, leasedAt: run.leasedAt)
    }
}
