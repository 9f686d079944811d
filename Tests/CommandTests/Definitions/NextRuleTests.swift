import ArgumentParser
import Recurrence
import Testing

@testable import rota

/// Rules given by hand.
struct NextRuleTests {
    private let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    private func local(_ words: [String], after: String? = nil, count: Int = 2) throws -> [String] {
        let options = try RuleOptions.parse(words)
        return try options.answer(after: after.flatMap { Instant(rfc3339: $0) }, now: now, count: count)
            .entries.map { "\($0.occurrence.at) \($0.occurrence.local)" }
    }

    private func failure(_ words: [String]) -> [String] {
        do {
            _ = try RuleOptions.parse(words).answer(after: nil, now: now, count: 2)
            return []
        } catch {
            return CommandEnd.failure(from: error).lines(command: "rota next")
        }
    }

    @Test func `a recurrence rule counts from its start, the start itself included where it matches`() throws {
        let rule = [
            "--rrule", "FREQ=MONTHLY;BYDAY=2TU", "--starting", "2026-01-13T02:00", "--zone", "America/Vancouver",
        ]
        #expect(
            try local(rule) == [
                "2026-01-13T10:00:00Z 2026-01-13T02:00:00", "2026-02-10T10:00:00Z 2026-02-10T02:00:00",
            ])
        #expect(
            try local(rule + ["--offset", "5d"], after: "2026-01-18T10:00:00Z", count: 1) == [
                "2026-02-15T10:00:00Z 2026-02-15T02:00:00"
            ])
    }

    @Test func `elapsed time counts from 1970 in UTC, and knows no zone that it would need`() throws {
        #expect(
            try local(["--every", "6h"]) == [
                "2026-02-15T18:00:00Z 2026-02-15T18:00:00", "2026-02-16T00:00:00Z 2026-02-16T00:00:00",
            ])
        #expect(
            try local(["--every", "6h", "--zone", "Asia/Kolkata"], count: 1) == [
                "2026-02-15T18:00:00Z 2026-02-15T23:30:00"
            ])
        #expect(
            failure(["--every", "0s"]).first == "--every: 'every' is at least 1s and at most 10 years, in whole seconds"
        )
        #expect(failure(["--every", "6h", "--offset", "1d"]).first?.hasSuffix("no meaning beside --every") == true)
        #expect(failure(["--every", "6h", "--excluding", "2026-01-01T00:00"]).first?.contains("local times") == true)
    }

    @Test func `dates are moved to business days, and times come besides or are left out`() throws {
        let rule = [
            "--rrule", "FREQ=MONTHLY;BYMONTHDAY=-1", "--starting", "2026-01-31T18:00", "--zone", "UTC",
            "--business-day", "on or before",
        ]
        #expect(
            try local(rule + ["--holiday", "2026-01-30", "--excluding", "2026-02-27T18:00"]) == [
                "2026-01-29T18:00:00Z 2026-01-29T18:00:00", "2026-03-31T18:00:00Z 2026-03-31T18:00:00",
            ])
        #expect(
            try local(["--cron", "0 12 * * *", "--zone", "UTC", "--including", "2026-02-15T18:30"], count: 1) == [
                "2026-02-15T18:30:00Z 2026-02-15T18:30:00"
            ])
        #expect(failure(rule.dropLast(2) + ["--holiday", "2026-01-30"]).first?.contains("--business-day") == true)
    }

    @Test func `an expression counts from now, or from what is given, which is left out`() throws {
        let cron = ["--cron", "0 12 * * *", "--zone", "UTC"]
        #expect(try local(cron, count: 1) == ["2026-02-16T12:00:00Z 2026-02-16T12:00:00"])
        #expect(
            try local(cron, after: "2026-02-15T11:59:59Z", count: 1) == ["2026-02-15T12:00:00Z 2026-02-15T12:00:00"])
    }

    @Test func `a rule that ends says so, and one that never fires is a failure`() throws {
        let options = try RuleOptions.parse(
            ["--rrule", "FREQ=DAILY;COUNT=2", "--starting", "2026-01-13T02:00", "--zone", "UTC"])
        let answer = try options.answer(after: nil, now: now, count: 5)
        #expect(answer.entries.count == 2)
        #expect(answer.isEnded)
        #expect(
            failure(["--cron", "0 0 30 2 *", "--zone", "UTC"]) == [
                "--cron: the rule never fires",
                "  no month that it names has a day that it names: 30 February, for instance, does not exist",
            ])
    }

    @Test func `what is wrong with a rule is told with its place, and with what to do`() {
        #expect(
            failure(["--cron", "0 25 * * *", "--zone", "UTC"]) == [
                "--cron: hour 25 is out of range (at character 3)", "  it goes from 0 to 23",
            ])
        let unknown = failure(["--cron", "0 2 * * *", "--zone", "Europe/Lodnon"])
        #expect(unknown.first == "--zone: unknown time zone 'Europe/Lodnon'")
        #expect(unknown.last?.hasPrefix("  did you mean 'Europe/London'") == true)
    }

    @Test(arguments: [
        (["--cron", "0 2 * * *"], "a rule needs --zone, such as --zone Europe/London"),
        (["--rrule", "FREQ=DAILY", "--zone", "UTC"], "--rrule needs --starting, such as --starting 2026-01-13T02:00"),
        (["--zone", "UTC"], "give one of --rrule, --cron and --every"),
        (
            ["--cron", "* * * * *", "--zone", "UTC", "--offset", "1d"],
            "--starting, --offset and --business-day have no meaning beside --cron"
        ),
    ])
    func `words that do not go together are refused`(_ words: [String], _ message: String) {
        #expect(failure(words).first == "rota next: \(message)")
    }
}
