import Manifest
import Model
import Testing

/// What changed, in lines.
@Suite struct DiffTests {
    private func lines(_ old: String, _ new: String) throws -> [String] {
        DefinitionDiff(from: try definition(old), to: try definition(new)).lines
    }

    @Test func `changed values, standards included`() throws {
        #expect(
            try lines(job(schedule: "{cron: \"0 2 * * *\"}"), job("priority: 60", schedule: "{cron: \"0 3 * * *\"}"))
                == [
                    "schedule.cron: \"0 2 * * *\" → \"0 3 * * *\"", "priority: 50 → 60",
                ])
    }

    @Test func `what was not there, and what is no more`() throws {
        #expect(
            try lines(job("window: w\nlabels: {a: b}"), job("within: 3h\nlabels: {c: d}\ntargets: {}")) == [
                "labels.c: not set → \"d\"", "labels.a: \"b\" → not set", "targets: not set → {}",
                "within: not set → 3h", "window: \"w\" → not set",
            ])
    }

    @Test func `short lists are shown whole, of long ones what came and went`() throws {
        #expect(
            try lines(job(exec: "okExitCodes: [0]"), job(exec: "okExitCodes: [0, 3]")) == [
                "action.exec.okExitCodes: [0] → [0, 3]"
            ])
        let day = "  - {date: 2026-12-25, name: Christmas Day}\n"
        let other = "  - {date: 2026-12-26, name: Boxing Day}\n"
        let calendar = "kind: Calendar\nname: c\ndays:\n"
        #expect(
            try lines(calendar + day, calendar + day + other) == ["days: + {date: 2026-12-26, name: Boxing Day}"])
        #expect(
            try lines(calendar + day + other, calendar + other) == ["days: - {date: 2026-12-25, name: Christmas Day}"])
    }

    @Test func `another action is another action`() throws {
        let task = "kind: Job\nname: j\nschedule: {every: 1h}\naction: {task: {assignee: desk}}\n"
        #expect(
            try lines(task, job()) == [
                "action.exec.command: not set → [check]", "action.exec.timeout: not set → 5m",
                "action.task.assignee: \"desk\" → not set",
            ])
    }

    @Test func `nothing changed, something new, something gone`() throws {
        let calendar = try definition("kind: Calendar\nname: c\nfreezes: [{from: 2026-01-01, through: 2026-01-02}]\n")
        #expect(DefinitionDiff(from: calendar, to: calendar).isEmpty)
        #expect(
            DefinitionDiff(from: nil, to: calendar).lines == [
                "kind: not set → Calendar", "name: not set → \"c\"",
                "freezes: not set → [{from: 2026-01-01, through: 2026-01-02}]",
            ])
        #expect(DefinitionDiff(from: calendar, to: nil).lines.count == 3)
    }
}
