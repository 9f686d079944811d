import Recurrence
import Testing

struct CronVectorTests {
    struct Case: Decodable {
        var cron: String
        var zone: String
        var after: Instant
        var count: Int
        var expect: [Instant]
    }

    @Test func `cron fires as Debian's cron does, case by case`() throws {
        for vector: Case in try VectorFile.read("cron.jsonl") {
            let schedule = Schedule.cron(try CronExpression(vector.cron), zone: try Zone.named(vector.zone))
            let found = schedule.occurrences(after: vector.after).prefix(vector.count).map(\.at)
            #expect(found == vector.expect, "\(vector.cron) in \(vector.zone) after \(vector.after)")
        }
    }
}
