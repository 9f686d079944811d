import Model
import Postgres
import Recurrence
import Testing

@testable import Store

struct ApplyTests {
    @Test func `the first time everything is created, and the second time nothing is changed`() async throws {
        try await Desk.with { desk in
            let all: [Definition] = [
                .job(Sample.job("patch", window: "nights")), .window(Sample.window("nights", except: ["holidays"])),
                .calendar(Calendar(name: "holidays")), .asset(Sample.asset("srv-1", of: "harbour")),
                .client(Sample.client("harbour")), .client(Sample.client("lake")),
            ]
            let first = try await desk.store.apply(documents: all, actor: "ann")
            #expect(
                desk.changes(first) == [
                    "created client/harbour", "created client/lake", "created calendar/holidays",
                    "created window/nights", "created asset/srv-1", "created job/patch",
                ])
            #expect(desk.assignments(first) == ["made patch harbour", "made patch lake"])
            let state = "select j::text from rota.job_revision j union all select a::text from rota.assignment a"
            let before = try await desk.texts(state)
            try await desk.database.advance(by: .seconds(60))
            let second = try await desk.store.apply(documents: all, actor: "ann")
            #expect(second.isUnchanged)
            #expect(second.objects.count == 6)
            let after = try await desk.texts(state)
            #expect(after == before)
        }
    }

    @Test func `what was stored is read back as it was written`() async throws {
        try await Desk.with { desk in
            let all: [Definition] = [
                .client(Sample.client("harbour", labels: ["tier": "gold"])),
                .calendar(
                    Calendar(name: "days", freezes: [.init(from: .first, through: .last, reason: "no \"more\"")])),
                .window(Sample.window("nights", except: ["days"])),
                .asset(Asset(name: "é-1", client: "harbour", kind: "server", facts: ["model": "10\" – ½"])),
                .job(Sample.job("patch")),
            ]
            _ = try await desk.store.apply(documents: all, actor: "ann")
            #expect(try await desk.store.catalogue() == Catalogue(all))
            let withoutAssets = try await desk.store.catalogue(assets: false)
            #expect(withoutAssets.assets == [:])
            #expect(withoutAssets.jobs.keys.sorted() == ["patch"])
        }
    }

    @Test func `every change of a job makes a new revision, and those before it stay`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")))
            let changed = try await desk.apply(.job(Sample.job("patch", cron: "0 4 * * *")))
            #expect(changed.objects.map(\.revision) == [2])
            let revisions = try await desk.texts(
                """
                select revision || ' ' || (definition -> 'schedule' ->> 'cron') || ' ' || applied_by
                from rota.job_revision order by revision
                """)
            #expect(revisions == ["1 0 3 * * * ann", "2 0 4 * * * ann"])
        }
    }

    @Test func `what is not given stays, unless it is pruned`() async throws {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .job(Sample.job("patch")), .job(Sample.job("backup")))
            let kept = try await desk.apply(.job(Sample.job("patch")))
            #expect(kept.isUnchanged)
            let pruned = try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")), prune: true)
            #expect(desk.changes(pruned) == ["removed job/backup"])
            #expect(desk.assignments(pruned) == ["removed backup harbour"])
            #expect(try await desk.store.catalogue().jobs.keys.sorted() == ["patch"])
        }
    }

    @Test func `what was removed can be made again: a job goes on with its next revision`() async throws {
        try await Desk.with { desk in
            let job = Definition.job(Sample.job("patch"))
            try await desk.apply(.client(Sample.client("harbour")), job)
            try await desk.apply(.client(Sample.client("harbour")), prune: true)
            try await desk.database.advance(by: .seconds(3600))
            let again = try await desk.apply(job)
            #expect(desk.changes(again) == ["created job/patch"])
            let rows = try await desk.texts(
                """
                select j.revision || ' ' || (a.removed_at is null) || ' ' || (a.planned_through = rota.now())
                from rota.assignment a join rota.job j on j.id = a.job_id
                """)
            #expect(rows == ["2 true true"])
        }
    }

    @Test func `a rehearsal says what would be done, and does nothing`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")))
            let rehearsed = try await desk.apply(.client(Sample.client("lake")), prune: true, dryRun: true)
            #expect(
                desk.changes(rehearsed) == ["removed client/harbour", "created client/lake", "removed job/patch"])
            #expect(try await desk.store.catalogue().clients.keys.sorted() == ["harbour"])
            let acts = try await desk.texts("select subject from rota.act order by id")
            #expect(acts == ["client/harbour", "job/patch"])
        }
    }

    @Test func `every changed object has its act, with who did it`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")), .job(Sample.job("patch")))
            try await desk.apply(.job(Sample.job("patch", cron: "0 4 * * *")))
            try await desk.apply(.client(Sample.client("harbour")), prune: true)
            let acts = try await desk.texts(
                """
                select concat_ws(' ', actor, verb, subject, detail ->> 'change', detail ->> 'revision')
                from rota.act order by id
                """)
            #expect(
                acts == [
                    "ann apply client/harbour created", "ann apply job/patch created", "ann apply job/patch changed 2",
                    "ann remove job/patch removed 2",
                ])
        }
    }

    @Test func `several that apply at once do so one after the other, and nothing is lost`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await desk.apply(
                            .job(Sample.job("own-\(number)")), .job(Sample.job("shared", cron: "\(number) 3 * * *")))
                    }
                }
                try await group.waitForAll()
            }
            let jobs = try await desk.texts("select name || ' ' || revision from rota.job order by name")
            #expect(jobs == (0..<8).map { "own-\($0) 1" } + ["shared 8"])
            let assignments = try await desk.texts("select id::text from rota.assignment")
            #expect(assignments.count == 9)
        }
    }

    @Test func `a manifest takes an imported asset over`() async throws {
        try await Desk.with { desk in
            try await desk.apply(.client(Sample.client("harbour")))
            let asset = Sample.asset("srv-1", of: "harbour")
            _ = try await desk.store.importAssets([asset], actor: "ann")
            let taken = try await desk.apply(.asset(asset))
            #expect(desk.changes(taken) == ["changed asset/srv-1"])
            let pruned = try await desk.apply(.client(Sample.client("harbour")), prune: true)
            #expect(desk.changes(pruned) == ["removed asset/srv-1"])
        }
    }
}
