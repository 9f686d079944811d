import Recurrence
import Testing

struct RuleVectorTests {
    struct Case: Decodable {
        var rrule: String
        var start: LocalTime
        var zone: String
        var including: [LocalTime]?
        var excluding: [LocalTime]?
        var count: Int
        var expect: [Instant]
    }

    @Test func `a recurrence rule gives what RFC 5545 says, case by case`() throws {
        for vector: Case in try VectorFile.read("rrule.jsonl") + VectorFile.read("exceptions.jsonl") {
            let schedule = try Schedule.rrule(
                try RecurrenceRule(vector.rrule), starting: vector.start, zone: try Zone.named(vector.zone)
            ).except(including: vector.including ?? [], excluding: vector.excluding ?? [])
            let found = schedule.occurrences(after: .distantPast).prefix(vector.count).map(\.at)
            #expect(found == vector.expect, "\(vector.rrule) from \(vector.start) in \(vector.zone)")
        }
    }
}
