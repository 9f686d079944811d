import Model
import Recurrence
import Testing

@testable import Reports

/// What a forecast says stands in the way.
struct ForecastProblemTests {
    private let patch = Sample.job("patch", "0 2 * * SUN", window: "patching")

    @Test func `a freeze that takes an opening is told for its occurrence, and what is not done for each run`() throws {
        let forecast = try Sample.forecast([Sample.client(), patch] + Sample.window + Sample.servers(2), days: 55)
        let frozen = forecast.problems(.frozen)
        #expect(
            frozen.map(\.due?.description) == ["2026-12-20T02:00:00Z", "2026-12-27T02:00:00Z", "2027-01-03T02:00:00Z"])
        #expect(frozen.allSatisfy { $0.reason == "missed" && $0.asset == nil })
        #expect(frozen[0].text.hasPrefix("Year-end freeze, until 2027-01-03: what would start at 2026-12-20T02:00:00Z"))
        let missed = forecast.problems(.missed)
        #expect(missed.map(\.asset) == ["acme-1", "acme-2", "acme-1", "acme-2", "acme-1", "acme-2"])
        #expect(missed.allSatisfy { $0.reason == "frozen" })
    }

    @Test func `a freeze that only puts work off says when it starts, and whether it is overdue by then`() throws {
        func forecast(within: Span) throws -> Forecast {
            let monthly = Sample.job("patch", "0 2 20 * *", window: "patching", within: within)
            return try Sample.forecast([Sample.client(), monthly] + Sample.window + Sample.servers(1), days: 58)
        }
        let late = try forecast(within: Span(days: 7))
        #expect(late.problems(.frozen).map(\.reason) == ["late"])
        #expect(late.problems(.late).map(\.due?.description) == ["2026-12-20T02:00:00Z"])
        let delayed = try forecast(within: Span(days: 28))
        #expect(delayed.problems(.frozen).map(\.reason) == ["delayed"])
        #expect(delayed.problems(.frozen)[0].text.contains("starts only at 2027-01-10T02:00:00Z"))
        #expect(delayed.problems(.late) == [])
    }

    @Test func `a window that is too short for its rollout is told with how many do not start`() throws {
        let rollout = Rollout(atOnce: .number(1))
        let job = Sample.job("patch", "0 2 * * SUN", window: "patching", within: Span(days: 30), rollout: rollout)
        let forecast = try Sample.forecast(
            [Sample.client(), job] + Sample.window + Sample.servers(5), days: 9, lasting: 2400)
        // 02:00, 02:40 and 03:20 are before the last start, which is at 04:00 for what may take an hour.
        #expect(forecast.starts.filter { $0.due == forecast.starts[0].due }.count == 3)
        let short = forecast.problems(.tooShort)
        #expect(short.map(\.reason) == ["limit", "limit"])
        #expect(
            short[0].text
                == "2 runs did not start before window 'patching' closed: 1 at once of its rollout, each taken "
                + "to last 40m; lengthen the window, or raise the rollout's 'atOnce'")
        #expect(forecast.problems(.missed).map(\.asset) == ["acme-4", "acme-5"])
    }

    @Test func `a window that is too short only where runs are as slow as the slowest tenth is told as tight`() throws {
        let job = Sample.job(
            "patch", "0 2 * * SUN", window: "patching", within: Span(days: 30), rollout: Rollout(atOnce: .number(1)))
        var question = Sample.question([Sample.client(), job] + Sample.window + Sample.servers(3), days: 3)
        question.durations = ["patch": .seconds(1200)]
        question.slow = ["patch": .seconds(3000)]
        // 02:00, 02:20 and 02:40 as a rule; 02:00 and 02:50 on a bad night, and the third would begin at 03:40, with time.
        #expect(try Forecast.make(question).problems == [])
        question.slow = ["patch": .seconds(3600)]
        let forecast = try Forecast.make(question)
        #expect(forecast.starts.count == 3)
        #expect(forecast.problems.map(\.kind) == [.tight])
        #expect(
            forecast.problems.first?.text
                == "as a rule all start in time, but were each as slow as one run in ten was (1h), 1 run would not start "
                + "before window 'patching' closed: 1 at once of its rollout; lengthen the window, or raise the rollout's "
                + "'atOnce'")
        question.durations["patch"] = .seconds(3600)
        #expect(try Forecast.make(question).problems(.tooShort).count == 1)
        #expect(try Forecast.make(question).problems(.tight) == [])
    }

    @Test func `two jobs at once on an asset collide, unless both are exclusive`() throws {
        func forecast(exclusive: Bool) throws -> Forecast {
            try Sample.forecast(
                [
                    Sample.client(), Sample.job("one", "0 2 * * *", exclusive: exclusive),
                    Sample.job("two", "5 2 * * *", exclusive: exclusive),
                ] + Sample.servers(1), days: 3)
        }
        let collisions = try forecast(exclusive: false).problems(.collision)
        #expect(collisions.map(\.reason) == ["asset"])
        #expect(
            collisions[0].text
                == "one and two are at work on it at once, 3 times until 2026-11-23T02:05:00Z; make both "
                + "'exclusive: true', or move one of them")
        #expect(try forecast(exclusive: true).problems == [])
    }

    @Test func `what ends when the other starts is no collision`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("one", "0 2 * * *"), Sample.job("two", "10 2 * * *")] + Sample.servers(1))
        #expect(forecast.problems == [])
    }

    @Test func `assets that one job keeps apart collide where another works on them`() throws {
        let forecast = try Sample.forecast(
            [
                Sample.client(), Sample.job("patch", "0 2 * * SUN", rollout: Rollout(apart: "pair")),
                .job(
                    Job(
                        name: "reboot", schedule: ScheduleRule(cron: "5 2 * * SUN"),
                        targets: TargetSelector(kinds: ["server"], labels: ["second": "yes"]),
                        action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 3600))))),
                .asset(Asset(name: "left", client: "acme", kind: "server", labels: ["pair": "sql"])),
                .asset(Asset(name: "right", client: "acme", kind: "server", labels: ["pair": "sql", "second": "yes"])),
            ])
        let collisions = forecast.problems(.collision).filter { $0.reason == "apart" }
        #expect(collisions.count == 1)
        #expect(collisions[0].text.contains("right and left, which are to be kept apart by 'pair'"))
    }

    @Test func `work that is still going when the next is due is told as skipped for that`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("often", "0,30 2 22 * *")] + Sample.servers(1), lasting: 3600)
        #expect(forecast.problems(.missed).map(\.reason) == ["overlap"])
        #expect(forecast.starts.count == 1)
    }

    @Test func `what is due more often than its window opens is missed for its window`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("daily", "0 1 * * *", window: "patching")] + Sample.window + Sample.servers(1),
            days: 8)
        #expect(Set(forecast.problems(.missed).map(\.reason)) == ["window"])
        #expect(forecast.problems(.missed).count == 6)
    }

    @Test func `a window that opens no more is told once`() throws {
        let once = WindowRule(
            name: "once",
            opens: ScheduleRule(rrule: "FREQ=DAILY;COUNT=1", starting: LocalTime("2026-01-01T00:00")),
            duration: Span(seconds: 3600))
        let forecast = try Sample.forecast(
            [Sample.client(), .window(once), Sample.job("never", "0 1 * * *", window: "once")] + Sample.servers(1))
        #expect(forecast.problems(.noWindow).count == 1)
        #expect(forecast.starts == [])
    }

    @Test func `a job that is paused is told with who paused it and why`() throws {
        var question = Sample.question([Sample.client(), Sample.job("check", "0 1 * * *")] + Sample.servers(1))
        let pause = Pause(
            reason: "moving house", actor: "ann", since: Sample.from, until: Instant(rfc3339: "2026-11-24T00:00:00Z")!)
        question.facts = Sample.facts(of: question.catalogue)
        question.facts?.paused = [.init(subject: PauseSubject(job: "check"), pause: pause)]
        let forecast = try Forecast.make(question)
        #expect(forecast.problems(.missed).map(\.reason) == ["paused", "paused", "paused"])
        #expect(
            forecast.problems[0].text
                == "paused by ann: moving house; see 'rota get pauses', and end it with 'rota resume'")
        #expect(forecast.starts.count == 4)
    }

    @Test func `a day with more than three times the work of a usual one is too full`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("daily", "0 1 * * *")]
                + (1...4).map { Sample.job("weekly-\($0)", "0 \(3 + $0) * * TUE") } + Sample.servers(5))
        #expect(forecast.problems(.tooFull).map(\.due?.description) == ["2026-11-24T00:00:00Z"])
        #expect(forecast.problems(.tooFull).map(\.reason) == ["peak"])
    }

    @Test func `an hour with more work than the workers of its queue can do is too full`() throws {
        var question = Sample.question(
            [Sample.client(), Sample.job("check", "0 1 22 * *")] + Sample.servers(13))
        question.facts = Sample.facts(of: question.catalogue)
        question.facts?.slots = ["default": 2]
        let full = try Forecast.make(question).problems(.tooFull)
        #expect(full.map(\.due?.description) == ["2026-11-22T01:00:00Z"])
        #expect(full[0].text.contains("has 2h10m of work in this hour, and its workers 2 slots"))
    }
}
