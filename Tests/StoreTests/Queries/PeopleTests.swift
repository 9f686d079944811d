import Model
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

struct PeopleTests {
    private static func review(_ name: String, within: String, assignee: String) -> Definition {
        .job(
            Job(
                name: name, summary: "look it over", clients: .named(["orchard"]),
                schedule: ScheduleRule(cron: "0 3 * * *"), within: Span(within),
                action: .task(TaskAction(assignee: assignee, steps: ["one", "two"]))))
    }

    @Test func `tasks are told with their checklist, the most urgent first, for one person or for all`() async throws {
        try await Floor.with { floor in
            try await floor.desk.apply(
                Self.review("slow", within: "5d", assignee: "desk"), Self.review("fast", within: "1d", assignee: "ann"))
            try await floor.plan(at: "16T03:00")
            let tasks = try await floor.store.tasks(RunFilter()).rows
            #expect(tasks.map(\.job) == ["fast", "slow"])
            #expect(tasks[0].checklist == ["one", "two"] && tasks[0].kind == .task)
            #expect(tasks[0].dueBy == Floor.at("17T03:00") && tasks[0].summary == "look it over")
            let desk = try await floor.store.tasks(RunFilter(), assignee: "desk").rows
            #expect(desk.map(\.job) == ["slow"])
            #expect(try await floor.store.tasks(RunFilter(client: "harbour")).rows == [])
            let detail = try await floor.store.run(tasks[0].run ?? 0)
            #expect(detail?.checklist == ["one", "two"])
        }
    }

    @Test func `a reminder waits to be acknowledged`() async throws {
        try await Floor.with { floor in
            let remind = RemindAction(to: .file("x"), message: "hello", acknowledge: .required)
            try await floor.desk.apply(
                .job(
                    Job(
                        name: "remind", clients: .named(["orchard"]), schedule: ScheduleRule(cron: "0 3 * * *"),
                        action: .remind(remind))))
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.succeeded), verdict: .wait(repeatAfter: nil))
            let tasks = try await floor.store.tasks(RunFilter(job: "remind")).rows
            #expect(tasks.map(\.kind) == [.acknowledgement] && tasks.map(\.assignee) == [nil])
            #expect(tasks.map(\.checklist) == [[]])
        }
    }

    @Test func `a run of which nobody knows how it ended is listed with what a person may say`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(Outcome(.timedOut, message: "timed out"), verdict: .hold, only: "srv-1")
            let tasks = try await floor.store.tasks(RunFilter()).rows
            #expect(tasks.map(\.kind) == [.unknown] && tasks.map(\.asset) == ["srv-1"])
            let run = try #require(tasks.first?.run)
            #expect(
                tasks[0].checklist == [
                    "nobody knows how it ended (timed out), and it is not done again by itself: "
                        + "rota complete \(run), rota retry \(run), or rota cancel \(run)"
                ])
            #expect(try await floor.store.tasks(RunFilter(client: "harbour", job: "patch")).rows == tasks)
            #expect(try await floor.store.tasks(RunFilter(states: [.held])).rows == tasks)
            for other in [RunFilter(client: "orchard"), RunFilter(asset: "srv-2"), RunFilter(states: [.waiting])] {
                #expect(try await floor.store.tasks(other).rows == [])
            }
            // It is for nobody in particular.
            #expect(try await floor.store.tasks(RunFilter(), assignee: "ann").rows == [])
            _ = try await floor.store.cancel(run: run, reason: nil, actor: "ann")
            #expect(try await floor.store.tasks(RunFilter()).rows == [])
        }
    }

    @Test func `findings are told the gravest first, and closed ones only when asked for`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            try await floor.work(
                Outcome(
                    .succeeded,
                    findings: [
                        Finding(key: "disk", severity: .warning, text: "80 % full"),
                        Finding(key: "raid", severity: .critical, text: "degraded"),
                    ]), only: "srv-1")
            let open = try await floor.store.findings(RunFilter()).rows
            #expect(open.map(\.key) == ["raid", "disk"] && open.map(\.asset) == ["srv-1", "srv-1"])
            try await floor.plan(at: "17T03:00")
            try await floor.work(
                Outcome(.succeeded, findings: [Finding(key: "disk", severity: .warning, text: "85 % full")]),
                only: "srv-1")
            #expect(try await floor.store.findings(RunFilter()).rows.map(\.text) == ["85 % full"])
            let all = try await floor.store.findings(RunFilter(), closed: true).rows
            #expect(all.map(\.key) == ["disk", "raid"] && all[1].closedAt == Floor.at("17T03:00"))
            #expect(try await floor.store.findings(RunFilter(client: "orchard"), closed: true).rows == [])
        }
    }

    @Test func `a queue is served by workers that were seen lately, and take such clients`() async throws {
        try await Floor.with { floor in
            _ = try await floor.store.registerWorker(
                WorkerProfile(
                    name: "w2", instance: "w2-1", host: "h2", queues: ["linux"], clients: ["orchard"], slots: 2,
                    reserve: 0))
            let watch = try await floor.store.queueWatch()
            #expect(watch.living(queue: "default", client: "harbour").map(\.name) == ["w1"])
            #expect(watch.living(queue: "linux", client: "orchard").map(\.slots) == [2])
            #expect(watch.living(queue: "linux", client: "harbour").isEmpty)
            #expect(watch.lastSeen(queue: "linux", client: "harbour") == nil)
            try await floor.clock("15T12:01")
            let later = try await floor.store.queueWatch()
            #expect(later.living(queue: "default", client: "harbour").isEmpty)
            #expect(later.lastSeen(queue: "default", client: "harbour") == Floor.at("15T12:00"))
        }
    }

    @Test func `a job says whether it is paused`() async throws {
        try await Floor.with { floor in
            #expect(try await floor.store.jobStanding("patch") == JobStanding(revision: 1, pause: nil))
            _ = try await floor.store.pause(
                job: "patch", reason: "audit", until: Floor.at("15T13:00"), actor: "ann")
            let paused = Pause(
                reason: "audit", actor: "ann", since: Floor.at("15T12:00"), until: Floor.at("15T13:00"))
            #expect(try await floor.store.jobStanding("patch")?.pause == paused)
            try await floor.clock("15T13:00")
            #expect(try await floor.store.jobStanding("patch")?.pause == nil)
            #expect(try await floor.store.jobStanding("nothing") == nil)
        }
    }
}
