import Foundation
import Recurrence

/// Measures `Recurrence` and Foundation. `deploy/bench-recurrence` calls it, measures other tools on the same rules,
/// and puts the figures side by side.
///
/// A line for each figure: tool, kind, case, figure, and the sum of the moments that were found.
@main
struct RecurrenceBench {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else { throw BenchFailure("usage: recurrence-bench CASES") }
        let cases = try Case.read(CommandLine.arguments[1])
        try Allocations.check()
        let before = try Subject.before()
        for asked in cases { try occurrences(asked, after: before) }
        for asked in cases where asked.kind == .rrule { try foundation(asked, from: before + .seconds(1)) }
        for asked in cases { try farAway(asked, after: before) }
        try many(after: before)
        for moved in try MovedCases.make() { self.moved(moved.name, moved.schedule, after: before) }
        for asked in cases {
            let figure = Allocations.perOccurrence(try Subject.schedule(asked), after: before, asked.count)
            tell("allocations", asked.name, figure)
        }
    }

    private static func occurrences(_ asked: Case, after before: Instant) throws {
        let schedule = try Subject.schedule(asked)
        let sum = Subject.sum(schedule, after: before, asked.count)
        let figure = Measure.nanoseconds(each: asked.count) {
            precondition(Subject.sum(schedule, after: before, asked.count) == sum)
        }
        tell(asked.kind.rawValue, asked.name, figure, sum: sum)
    }

    private static func foundation(_ asked: Case, from start: Instant) throws {
        let rule = try FoundationRules.rule(asked)
        let date = Date(timeIntervalSince1970: TimeInterval(start.seconds))
        let sum = FoundationRules.sum(rule, from: date, asked.count)
        let figure = Measure.nanoseconds(each: asked.count) {
            precondition(FoundationRules.sum(rule, from: date, asked.count) == sum)
        }
        tell(asked.kind.rawValue, asked.name, figure, sum: sum, tool: "Foundation")
    }

    /// The next occurrence 20 years after the start, from moments that lie 1,009 s apart.
    private static func farAway(_ asked: Case, after before: Instant) throws {
        let schedule = try Subject.schedule(asked)
        let far = before + .seconds(20 * 365 * 86_400 + 5 * 86_400)
        var sum: Int64 = 0
        let figure = try Measure.nanoseconds(each: 1_000) {
            for step in 0..<1_000 {
                sum &+= try schedule.next(after: far + .seconds(1_009 * step))?.at.seconds ?? 0
            }
        }
        precondition(sum != 0)
        tell("far", asked.name, figure)
    }

    private static func many(after before: Instant) throws {
        let schedules = try ManySchedules.make()
        let sum = try ManySchedules.sum(schedules, after: before)
        let figure = try Measure.nanoseconds(each: 1) {
            let again = try ManySchedules.sum(schedules, after: before)
            precondition(again == sum)
        }
        tell("many", "\(schedules.count) schedules", figure / 1e6)
    }

    private static func moved(_ name: String, _ schedule: Schedule, after before: Instant) {
        // The days of the calendar are found once; what is followed later is to find them there.
        let sum = Subject.sum(schedule, after: before, 2 * MovedCases.count)
        let figure = Measure.nanoseconds(each: MovedCases.count) {
            precondition(Subject.sum(schedule, after: before, MovedCases.count) < sum)
        }
        tell("moved", name, figure)
        tell("allocations", name, Allocations.perOccurrence(schedule, after: before, MovedCases.count))
    }

    private static func tell(
        _ kind: String, _ name: String, _ figure: Double, sum: Int64 = 0, tool: String = "Recurrence"
    ) {
        print("\(tool)\t\(kind)\t\(name)\t\(figure)\t\(sum)")
    }
}
