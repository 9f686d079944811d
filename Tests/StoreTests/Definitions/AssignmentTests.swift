import Model
import Postgres
import Recurrence
import Testing

@testable import Store

/// What becomes of assignments, and of the runs of those that are gone.
struct AssignmentTests {
    /// Has a scheduler look at everything, an hour after noon: then tells which assignments have moved.
    private func settle(_ desk: Desk) async throws {
        try await desk.database.execute("update rota.assignment set wake_at = rota.now() + interval '1 day'")
        try await desk.database.advance(by: .seconds(3600))
    }

    /// `patch harbour planned woken`: which assignments count from now, and which are to be looked at now.
    private func standing(_ desk: Desk) async throws -> [String] {
        try await desk.texts(
            """
            select concat_ws(' ', j.name, c.name, case when a.planned_through = rota.now() then 'planned' end,
                case when a.wake_at = rota.now() then 'woken' end, case when a.removed_at is not null then 'gone' end)
            from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
            order by j.name, c.name
            """)
    }

    @Test func `a new assignment counts from now and is looked at at once`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")))
            try await settle(desk)
            let result = try await desk.apply(.client(Sample.client("lake")))
            #expect(desk.assignments(result) == ["made patch lake"])
            let standing = try await standing(desk)
            #expect(standing == ["patch harbour", "patch lake planned woken"])
        }
    }

    @Test func `a changed rule counts from now; any other change of the job leaves what is planned`() async throws {
        try await Desk.with { desk in
            let client = Definition.client(Sample.client("harbour"))
            try await desk.apply(client, .job(Sample.job("rule")), .job(Sample.job("other")), .job(Sample.job("same")))
            try await settle(desk)
            var other = Sample.job("other")
            other.priority = 90
            let result = try await desk.apply(.job(Sample.job("rule", cron: "0 5 * * *")), .job(other))
            #expect(desk.assignments(result) == ["rescheduled rule harbour"])
            let standing = try await standing(desk)
            #expect(standing == ["other harbour woken", "rule harbour planned woken", "same harbour"])
        }
    }

    @Test func `a changed zone counts from now only where the rule has none of its own`() async throws {
        try await Desk.with { desk in
            var fixed = Sample.job("fixed")
            fixed.schedule.timezone = "Europe/London"
            try await desk.apply(.client(Sample.client("harbour")), .job(fixed), .job(Sample.job("local")))
            try await settle(desk)
            let moved = Sample.client("harbour", timezone: "America/Vancouver")
            let result = try await desk.apply(.client(moved))
            #expect(desk.assignments(result) == ["rescheduled local harbour"])
            let standing = try await standing(desk)
            #expect(standing == ["fixed harbour woken", "local harbour planned woken"])
        }
    }

    @Test func `writing down the zone that held already changes nothing of what is planned`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")))
            try await settle(desk)
            var job = Sample.job("patch")
            job.schedule.timezone = "Europe/London"
            let result = try await desk.apply(.job(job))
            #expect(desk.assignments(result) == [])
            let standing = try await standing(desk)
            #expect(standing == ["patch harbour woken"])
        }
    }

    @Test func `a changed calendar counts from now where a rule moves to the business days that it makes`() async throws
    {
        try await Desk.with { desk in
            var client = Sample.client("harbour")
            client.holidays = ["days"]
            let monthEnd = ScheduleRule(
                rrule: "FREQ=MONTHLY;BYMONTHDAY=-1", starting: LocalTime("2026-01-31T03:00"), businessDay: .onOrBefore)
            var (theirs, own) = (Sample.job("theirs"), Sample.job("own"))
            (theirs.schedule, own.schedule) = (monthEnd, monthEnd)
            own.schedule.holidays = ["bank"]
            try await desk.apply(
                .client(client), .client(Sample.client("lake")), .calendar(Calendar(name: "days")),
                .calendar(Calendar(name: "bank")), .job(theirs), .job(own), .job(Sample.job("plain")))
            try await settle(desk)
            let day = Calendar.Day(date: CivilDate("2026-03-31"), name: "Flood")
            var result = try await desk.apply(.calendar(Calendar(name: "days", days: [day])))
            #expect(desk.assignments(result) == ["rescheduled theirs harbour"])
            let standing = try await standing(desk)
            #expect(standing.filter { $0.contains("planned") } == ["theirs harbour planned woken"])

            result = try await desk.apply(.calendar(Calendar(name: "bank", days: [day])))
            #expect(desk.assignments(result) == ["rescheduled own harbour", "rescheduled own lake"])
            client.businessHours = ["Mon-Sat 09:00-17:00"]
            result = try await desk.apply(.client(client))
            #expect(desk.assignments(result) == ["rescheduled own harbour", "rescheduled theirs harbour"])
            // People work in a freeze, and what a day is called moves nothing.
            let freeze = Calendar.Freeze(from: CivilDate("2026-03-01")!, through: CivilDate("2026-03-31")!)
            let other = Calendar.Day(date: CivilDate("2026-03-31"), name: "Storm")
            result = try await desk.apply(.calendar(Calendar(name: "bank", days: [other], freezes: [freeze])))
            #expect(desk.assignments(result) == [])
        }
    }

    @Test func `a change of window, calendar or assets wakes what reads it, and nothing else`() async throws {
        try await Desk.with { desk in
            var closed = Sample.client("closed")
            closed.holidays = ["days"]
            try await desk.apply(
                .client(Sample.client("harbour")), .client(closed), .calendar(Calendar(name: "days")),
                .window(WindowRule(name: "nights", outside: .businessHours)), .job(Sample.job("free")),
                .job(Sample.job("patch", window: "nights")))
            try await settle(desk)
            var window = WindowRule(name: "nights", outside: .businessHours)
            window.cutoff = Span(seconds: 60)
            try await desk.apply(.window(window))
            var woken = try await standing(desk)
            #expect(woken == ["free closed", "free harbour", "patch closed woken", "patch harbour woken"])

            try await settle(desk)
            let freeze = Calendar.Freeze(from: CivilDate("2026-12-19")!, through: CivilDate("2027-01-03")!)
            try await desk.apply(.calendar(Calendar(name: "days", freezes: [freeze])))
            woken = try await standing(desk)
            #expect(woken == ["free closed", "free harbour", "patch closed woken", "patch harbour"])

            try await settle(desk)
            try await desk.apply(.asset(Sample.asset("srv-1", of: "harbour")))
            woken = try await standing(desk)
            #expect(woken == ["free closed", "free harbour woken", "patch closed", "patch harbour woken"])

            try await settle(desk)
            try await desk.apply(.asset(Sample.asset("srv-1", of: "closed")))
            woken = try await standing(desk)
            #expect(woken == ["free closed woken", "free harbour woken", "patch closed woken", "patch harbour woken"])
        }
    }

    @Test func `schedulers are told of a change, and of none that is not there`() async throws {
        try await Desk.with { desk in
            let listener = Listener(desk.database.database.configuration)
            var heard = listener.notifications(channels: ["rota_plan"]).makeAsyncIterator()
            let began = await heard.next()
            #expect(began == .connected)
            try await desk.apply(.client(Sample.client("harbour")))
            let told = await heard.next()
            #expect(told == .notification(channel: "rota_plan", payload: ""))
            try await desk.apply(.client(Sample.client("harbour")))
            try await desk.apply(.client(Sample.client("lake")), dryRun: true)
            _ = try await desk.database.pool.query("select pg_notify('rota_plan', 'marker')")
            let next = await heard.next()
            #expect(next == .notification(channel: "rota_plan", payload: "marker"))
        }
    }

    @Test func `what nobody started is cancelled with a removed job, and what is going goes on`() async throws {
        try await Desk.with { desk in
            let client = Definition.client(Sample.client("harbour"))
            try await desk.apply(
                client, .asset(Sample.asset("a", of: "harbour")), .asset(Sample.asset("b", of: "harbour")),
                .job(Sample.job("patch")), .job(Sample.job("other")))
            let held = try await desk.run("patch", "harbour", asset: "a", in: "held")
            let ready = try await desk.run("patch", "harbour", asset: "b", in: "ready")
            let waiting = try await desk.run("patch", "harbour", in: "waiting")
            let other = try await desk.run("other", "harbour", in: "held")
            let result = try await desk.apply(
                client, .asset(Sample.asset("a", of: "harbour")), .asset(Sample.asset("b", of: "harbour")),
                .job(Sample.job("other")), prune: true)
            #expect(result.cancelledRuns == 2)
            let places = try await [desk.places(held), desk.places(ready), desk.places(waiting), desk.places(other)]
            #expect(places == [["done"], ["done"], ["waiting"], ["held"]])
            let told = try await desk.texts("select concat_ws(': ', state, reason, actor) from rota.done")
            #expect(told == Array(repeating: "cancelled: the job was removed: ann", count: 2))
            let standing = try await standing(desk)
            #expect(standing == ["other harbour planned woken", "patch harbour planned gone"])
        }
    }

    @Test func `a client that the job is no longer for, and a removed asset, lose what nobody started`() async throws {
        try await Desk.with { desk in
            let documents: [Definition] = [.client(Sample.client("harbour")), .client(Sample.client("lake"))]
            _ = try await desk.store.apply(
                documents: documents + [.asset(Sample.asset("a", of: "harbour")), .job(Sample.job("patch"))],
                actor: "ann")
            let ofLake = try await desk.run("patch", "lake", in: "held")
            let ofAsset = try await desk.run("patch", "harbour", asset: "a", in: "ready")
            let ofHarbour = try await desk.run("patch", "harbour", in: "held")
            let result = try await desk.store.apply(
                documents: documents + [.job(Sample.job("patch", clients: .named(["harbour"])))], prune: true,
                actor: "ann")
            #expect(result.cancelledRuns == 2)
            let places = try await [desk.places(ofLake), desk.places(ofAsset), desk.places(ofHarbour)]
            #expect(places == [["done"], ["done"], ["held"]])
            let reasons = try await desk.texts("select reason from rota.done order by reason")
            #expect(reasons == ["the asset was removed", "the job is no longer for this client"])
        }
    }
}
