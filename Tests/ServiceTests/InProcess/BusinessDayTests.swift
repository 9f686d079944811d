import Model
import Recurrence
import Store
import Testing

/// A job that is due at 18:00 on the last business day of each month, through the database. 30 November 2026 is a Monday.
@Suite struct BusinessDayTests {
    private let client = Client(
        name: "harbour", timezone: "Europe/London", businessHours: ["Mon-Fri 08:00-18:00"], holidays: ["days"])
    private let job: Job = {
        let rule = ScheduleRule(
            rrule: "FREQ=MONTHLY;BYMONTHDAY=-1", starting: LocalTime("2026-01-31T18:00"), businessDay: .onOrBefore,
            excluding: [LocalTime("2026-12-31T18:00")!])
        return Job(name: "close", clients: .named(["harbour"]), schedule: rule, action: Jobs.exec())
    }()

    private func calendar(_ dates: String...) -> Calendar {
        Calendar(name: "days", days: dates.map { Calendar.Day(date: CivilDate($0), name: "Flood") })
    }

    private func apply(_ planning: Planning, _ definitions: Definition...) async throws {
        _ = try await planning.store.apply(documents: definitions, actor: "ann")
        try await planning.plan()
    }

    private func due(_ planning: Planning) async throws -> [String] {
        try await planning.database.pool.query(
            "select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from rota.occurrence order by due_at"
        ).map { try $0.get(0) }
    }

    @Test func `a holiday moves what is due to the business day before, and what is excluded does not come`()
        async throws
    {
        try await Planning.with(at: "2026-11-01T00:00:00Z") { planning in
            try await apply(planning, .client(client), .calendar(calendar("2026-11-30")), .job(job))
            try await planning.plan(at: "2026-11-27T17:59:59Z")
            #expect(try await due(planning) == [])
            try await planning.plan(at: "2026-11-27T18:00:00Z")
            #expect(try await due(planning) == ["2026-11-27 18:00"])
            try await planning.plan(at: "2027-01-28T00:00:00Z")
            #expect(try await due(planning) == ["2026-11-27 18:00"])
            try await planning.plan(at: "2027-01-29T18:00:00Z")
            #expect(try await due(planning) == ["2026-11-27 18:00", "2027-01-29 18:00"])
        }
    }

    @Test func `a change of the calendar counts from the change, and fires nothing for the past`() async throws {
        try await Planning.with(at: "2026-11-01T00:00:00Z") { planning in
            try await apply(planning, .client(client), .calendar(calendar()), .job(job))
            try await planning.plan(at: "2026-11-28T09:00:00Z")
            // On Saturday it turns out that Monday is none: Friday would have been the day.
            try await apply(planning, .calendar(calendar("2026-11-30")))
            try await planning.plan(at: "2026-12-01T00:00:00Z")
            #expect(try await due(planning) == [])
            try await apply(planning, .calendar(calendar("2027-01-29")))
            try await planning.plan(at: "2027-01-28T18:00:00Z")
            #expect(try await due(planning) == ["2027-01-28 18:00"])
        }
    }
}
