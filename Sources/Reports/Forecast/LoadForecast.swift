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
        let facts = try await forecastFacts(of: catalogue)
        let first = from(facts.now)
        var question = ForecastQuestion(
            catalogue: catalogue, now: facts.now, from: first, until: first + .seconds(86_400 * days),
            standard: standard)
        question.durations = facts.durations.mapValues(\.usual)
        question.slow = facts.durations.mapValues(\.slow)
        question.facts = facts
        return question
    }
}
