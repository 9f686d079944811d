import Model
import Recurrence
import Testing

@testable import Store

/// What is not applied, and why: all reasons at once, and nothing of it done.
struct RefusalTests {
    @Test func `names that lead nowhere are told all at once, with the nearest known`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .window(Sample.window("nights")))
            let refused = try await #require(throws: ApplyRefused.self) {
                try await desk.apply(
                    .client(Client(name: "lake", timezone: "Europe/London", holidays: ["days"])),
                    .window(Sample.window("days", except: ["holidays"])), .asset(Sample.asset("srv-1", of: "harbor")),
                    .job(Sample.job("patch", clients: .named(["harbour", "laek"]), window: "night")))
            }
            #expect(
                refused.description == """
                    asset/srv-1: there is no client 'harbor'
                      did you mean 'harbour'?
                    client/lake: there is no calendar 'days'
                      there is none
                    job/patch: there is no client 'laek'
                      did you mean 'lake'?
                    job/patch: there is no window 'night'
                      did you mean 'nights'?
                    window/days: there is no calendar 'holidays'
                      there is none
                    """)
            #expect(try await desk.store.catalogue().clients.keys.sorted() == ["harbour"])
        }
    }

    @Test func `what is still used cannot be removed, and its users are told`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")), .calendar(Calendar(name: "days")),
                .window(Sample.window("nights", except: ["days"])),
                .job(Sample.job("patch", clients: .named(["harbour"]), window: "nights")))
            _ = try await desk.store.importAssets(
                (1...3).map { Sample.asset("srv-\($0)", of: "lake") }, actor: "ann")
            let refusals = try await desk.refusals {
                try await desk.apply(
                    .window(Sample.window("nights", except: ["days"])),
                    .job(Sample.job("patch", clients: .named(["harbour"]), window: "nights")), prune: true)
            }
            #expect(
                refusals == [
                    "calendar/days: cannot be removed: it is still used by window/nights",
                    "client/harbour: cannot be removed: it is still used by job/patch",
                    "client/lake: cannot be removed: it is still used by 3 imported assets",
                ])
        }
    }

    @Test func `a calendar whose business days a job asks for is in use`() async throws {
        try await Desk.with { desk in
            var job = Sample.job("close")
            job.schedule = ScheduleRule(
                rrule: "FREQ=MONTHLY;BYMONTHDAY=-1", starting: LocalTime("2026-01-31T03:00"), businessDay: .onOrBefore,
                holidays: ["bank"])
            let client = Definition.client(Sample.client("harbour"))
            let missing = try await desk.refusals { try await desk.apply(client, .job(job)) }
            #expect(missing.contains("job/close: there is no calendar 'bank'"))
            try await desk.apply(client, .job(job), .calendar(Calendar(name: "bank")))
            let used = try await desk.refusals { try await desk.apply(client, .job(job), prune: true) }
            #expect(used.contains("calendar/bank: cannot be removed: it is still used by job/close"))
        }
    }

    @Test func `of many users the first are named, and the others counted`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .window(Sample.window("nights")))
            let jobs = (1...7).map { Definition.job(Sample.job("job-\($0)", window: "nights")) }
            _ = try await desk.store.apply(documents: jobs, actor: "ann")
            let refusals = try await desk.refusals {
                let all = jobs + [.client(Sample.client("harbour"))]
                _ = try await desk.store.apply(documents: all, prune: true, actor: "ann")
            }
            #expect(
                refusals == [
                    "window/nights: cannot be removed: it is still used by "
                        + "job/job-1, job/job-2, job/job-3, job/job-4, job/job-5 and 2 more"
                ])
        }
    }

    @Test func `a client whose jobs are for all can be removed`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")), .job(Sample.job("patch")))
            let result = try await desk.apply(
                .client(Sample.client("harbour")), .job(Sample.job("patch")), prune: true)
            #expect(desk.changes(result) == ["removed client/lake"])
            #expect(desk.assignments(result) == ["removed patch lake"])
        }
    }

    @Test func `a run that fits no opening is refused, also where only the window changed`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .window(Sample.window("nights")),
                .job(Sample.job("patch", window: "nights", timeout: Span(seconds: 2 * 3600))))
            var short = Sample.window("nights")
            short.duration = Span(seconds: 3600)
            let refusals = try await desk.refusals { try await desk.apply(.window(short)) }
            #expect(refusals.count == 1)
            #expect(
                refusals.first?.hasPrefix("job/patch: for client harbour: no opening within ten years is long enough")
                    ?? false)
        }
    }

    @Test func `a rule that never fires is refused`() async throws {
        try await Desk.with { desk in
            let refusals = try await desk.refusals {
                try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch", cron: "0 0 30 2 *")))
            }
            #expect(refusals.count == 1)
            #expect(refusals.first?.hasPrefix("job/patch: for client harbour: ") ?? false)
        }
    }
}
