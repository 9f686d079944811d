import Model
import Recurrence

/// Days and hours that are too full: a day with more than three times the work of a usual one, and an hour with more work in
/// a queue than its workers can do.
struct FullDays {
    let load: ForecastLoad
    /// How many runs the workers of a queue do at once.
    let slots: [String: Int]

    /// So many times the median of the days that have work is much.
    static let many = 3.0
    /// With fewer days that have work none is usual; and less work than this is never too much for a day.
    static let fewestDays = 5
    static let leastSeconds = 3600.0

    var problems: [ForecastProblem] { fullDays + fullHours }

    private var fullDays: [ForecastProblem] {
        let days = stride(from: 0, to: load.hours, by: 24).map { first in
            (first, load.total.seconds[first..<min(first + 24, load.hours)].reduce(0, +))
        }
        let worked = days.map(\.1).filter { $0 > 0 }.sorted()
        guard worked.count >= Self.fewestDays else { return [] }
        let usual = worked[worked.count / 2]
        return days.filter { $0.1 > max(usual * Self.many, Self.leastSeconds) }.map { first, seconds in
            ForecastProblem(
                .tooFull, due: load.moment(of: first), reason: "peak",
                text: "the 24 hours from here hold \(Self.span(seconds)) of work, a usual day \(Self.span(usual)); "
                    + "move some schedules, or 'spread' them")
        }
    }

    private var fullHours: [ForecastProblem] {
        load.queues.flatMap { queue -> [ForecastProblem] in
            guard let slots = slots[queue.queue] else { return [] }
            let most = Double(slots) * 3600
            return queue.seconds.indices.filter { queue.seconds[$0] > most }.map { hour in
                ForecastProblem(
                    .tooFull, due: load.moment(of: hour), reason: "slots",
                    text: "queue '\(queue.queue)' has \(Self.span(queue.seconds[hour])) of work in this hour, and its "
                        + "workers \(ForecastWords.count(slots, "slot")); start more workers, or move some schedules")
            }
        }
    }

    private static func span(_ seconds: Double) -> String {
        ForecastWords.span(.seconds(Int64(seconds / 60) * 60))
    }
}
