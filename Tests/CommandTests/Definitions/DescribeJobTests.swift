import Model
import Recurrence
import Reports
import Testing

@testable import Store
@testable import rota

/// What `rota describe job/NAME` says.
struct DescribeJobTests {
    private let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    private func described(_ job: Job, pauses: [PauseSubject] = []) throws -> Description {
        let client = Client(name: "acme", timezone: "UTC", labels: ["site": "north"])
        let facts = DescribedFacts(
            catalogue: Catalogue([.client(client), .client(Client(name: "other", timezone: "UTC")), .job(job)]),
            now: now)
        let listed = ListedJob(
            job: job, revision: 1, changedAt: now, changedBy: "ann", clients: 1, pause: nil, troubles: 0)
        let assignment = ListedAssignment(
            job: job.name, client: "acme", plannedThrough: now, held: 0, ready: 0, leased: 0, waiting: 0)
        return try facts.describe(
            listed, [assignment],
            pauses.map { subject in
                let name = subject.isJobAlone ? nil : subject.description
                return ForecastFacts.Paused(
                    subject: subject,
                    pause: Pause(reason: "new disks", actor: "ann", since: now, until: nil, subject: name))
            })
    }

    private func job() -> Job {
        Job(
            name: "patch", schedule: ScheduleRule(cron: "0 2 * * SUN"),
            action: .exec(ExecAction(command: ["/bin/true"], timeout: Span(seconds: 60))))
    }

    @Test func `all that governs a job has a line, in the words of its manifest`() throws {
        var job = job()
        job.schedule.spread = Span("2h")
        (job.catchUp, job.overlap, job.lead) = (.all, .queue, Span("1h"))
        (job.atOnce, job.exclusive, job.repeatable, job.pauseOnFailure) = (5, true, false, true)
        job.whenOffline = .nextWindow
        job.rollout = Rollout(
            rings: [.init(match: ["ring": "canary"], soak: Span("24h")), .init(match: [:])], atOnce: .share(10),
            stopAfter: .number(2), apart: "ha", across: .clients)
        job.requires = [
            .succeeded(job: "backup", within: Span("24h")!), .noFinding(.critical), .file("/etc/ready"),
            .exec(command: ["/bin/check", "-q"], timeout: Span("20s")!),
        ]
        let lines = Dictionary(uniqueKeysWithValues: try described(job).lines.map { ($0.name, $0.text) })
        let expected = [
            "made ahead": "1h before it is due", "spread": "2h", "catchUp": "all", "overlap": "queue", "atOnce": "5",
            "exclusive": "true", "repeatable": "false", "whenOffline": "nextWindow", "pauseOnFailure": "true",
            "rollout":
                "ring 1 (ring=canary), soak 24h; ring 2 (all others); atOnce 10%; stopAfter 2; apart ha; across clients",
            "requires":
                "job backup succeeded 24h; noFinding critical; file /etc/ready; exec /bin/check -q (timeout 20s)",
        ]
        for (name, text) in expected { #expect(lines[name] == text, "\(name)") }
    }

    @Test func `what matches no ring has one of its own, which is told too`() throws {
        var job = job()
        job.rollout = Rollout(rings: [.init(match: ["ring": "canary"], soak: Span("24h"))])
        #expect(
            try described(job).lines.first { $0.name == "rollout" }?.text
                == "ring 1 (ring=canary), soak 24h; ring 2 (the rest)")
    }

    @Test func `what is not set has no line`() throws {
        let names = Set(try described(job()).lines.map(\.name))
        #expect(
            names.isDisjoint(with: [
                "made ahead", "spread", "atOnce", "exclusive", "repeatable", "rollout", "requires", "whenOffline",
                "pauseOnFailure",
            ]))
    }

    @Test func `pauses that cover the job are told, also those of one client, and others are not`() throws {
        let description = try described(
            job(),
            pauses: [
                PauseSubject(job: "patch"), PauseSubject(job: "patch", client: "acme"), PauseSubject(client: "acme"),
                PauseSubject(label: .init(key: "site", value: "north")), PauseSubject(job: "patch", asset: "srv-1"),
                PauseSubject(job: "backup"), PauseSubject(client: "other"), PauseSubject(job: "backup", client: "acme"),
                PauseSubject(asset: "srv-1"), PauseSubject(job: "patch", client: "other"),
            ])
        #expect(
            description.lines.filter { $0.name == "paused" }.map(\.text) == [
                "paused by ann: new disks", "job/patch client/acme paused by ann: new disks",
                "client/acme paused by ann: new disks", "label/site=north paused by ann: new disks",
                "job/patch asset/srv-1 paused by ann: new disks",
            ])
        guard case .array(let pauses) = description.json["pauses"] else {
            Issue.record("pauses are a list")
            return
        }
        #expect(pauses.count == 5 && pauses[1]["client"] == "acme")
    }
}
