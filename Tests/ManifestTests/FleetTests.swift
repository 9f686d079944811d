import Manifest
import Model
import Recurrence
import Testing

/// Rollouts, requirements and what goes with them, as they are written and refused.
@Suite struct FleetTests {
    private func span(_ text: String) -> Span { Span(text)! }

    private static let whole = """
        kind: Window
        name: nights
        opens: {cron: "0 2 * * SUN"}
        duration: 4h
        ---
        kind: Job
        name: patch
        window: nights
        schedule: {cron: "0 2 * * SUN", spread: 2h}
        targets: {is: server}
        catchUp: all
        overlap: queue
        rollout:
          rings:
            - {match: {ring: canary}, soak: 24h}
            - {match: {}}
          atOnce: 10%
          stopAfter: 0
          apart: ha
          across: clients
        requires:
          - {job: backup, succeeded: 24h}
          - {noFinding: critical}
          - {file: "/run/{{ asset.name }}"}
          - {exec: {command: [/bin/ready, "{{ asset.name }}"]}}
        whenOffline: nextWindow
        pauseOnFailure: true
        action: {exec: {command: [/bin/true], timeout: 5m, offlineExitCodes: [75]}}
        ---
        kind: Job
        name: backup
        schedule: {every: 1d}
        targets: {is: server}
        action: {exec: {command: [/bin/true], timeout: 5m}}
        """

    @Test func `all that fleets need is read as it is written`() throws {
        #expect(told(Self.whole) == [])
        let read = ManifestReader.read(text: Self.whole, file: "m.yaml")
        guard case .job(let job)? = read.documents.dropFirst().first?.definition else {
            Issue.record("no job")
            return
        }
        #expect(
            job.rollout
                == Rollout(
                    rings: [.init(match: ["ring": "canary"], soak: span("24h")), .init(match: [:])],
                    atOnce: .share(10), stopAfter: .number(0), apart: "ha", across: .clients))
        #expect(
            job.requires == [
                .succeeded(job: "backup", within: span("24h")), .noFinding(.critical),
                .file("/run/{{ asset.name }}"),
                .exec(command: ["/bin/ready", "{{ asset.name }}"], timeout: span("30s")),
            ])
        #expect(job.catchUp == .all && job.overlap == .queue && job.whenOffline == .nextWindow)
        #expect(job.pauseOnFailure == true && job.schedule.spread == span("2h"))
    }

    @Test(arguments: [
        (
            "requires: [{job: j, succeeded: 1h}]",
            "3:18: job 'j' requires itself\n  name the job that has to go before it"
        ),
        ("requires: [{job: other, succeeded: 1h}]", "3:18: unknown job 'other'\n  known are j"),
        ("requires: [{job: j}]", "3:13: 'succeeded' is missing\n  'job' needs it"),
        ("requires: [{noFinding: bad}]", "3:24: 'noFinding' must be info or warning or critical, not 'bad'"),
        ("requires: [{file: run}]", "3:19: 'file' must be absolute, not 'run'\n  begin it with '/'"),
        ("rollout: {across: clients}", "3:19: 'rollout' says nothing"),
        ("rollout: {stopAfter: 101%}", "3:22: 'stopAfter' must be a number or a share, not '101%'"),
        ("rollout: {atOnce: 0}", "3:19: 'atOnce' must be a number or a share, not '0'"),
        ("rollout: {rings: []}", "3:18: 'rings' has 0 entries"),
        ("whenOffline: later", "3:14: 'whenOffline' must be skip or nextWindow or asap, not 'later'"),
    ])
    func `what cannot be is refused where it stands`(line: String, problem: String) {
        #expect(told(job(line)).first?.hasPrefix("m.yaml:\(problem)") == true, "\(told(job(line)))")
    }

    @Test func `what waits for the next window needs one`() {
        let told = told(
            """
            kind: Job
            name: j
            schedule: {every: 1h}
            whenOffline: nextWindow
            action: {exec: {command: [/bin/true], timeout: 1m}}
            """)
        #expect(
            told == [
                "m.yaml:4:14: 'whenOffline: nextWindow' waits for a window's next opening, and the job has no window\n"
                    + "  give the job a window, or say 'asap': it is tried again every quarter of an hour"
            ])
    }

    @Test func `jobs that wait for each other are told with their way`() {
        func job(_ name: String, requires other: String) -> String {
            "kind: Job\nname: \(name)\nschedule: {every: 1h}\nrequires: [{job: \(other), succeeded: 1h}]\n"
                + "action: {task: {assignee: ann}}\n"
        }
        let problems = told(
            [job("a", requires: "b"), job("b", requires: "c"), job("c", requires: "a")].joined(separator: "---\n"))
        #expect(problems.count == 3)
        #expect(
            problems.first
                == "m.yaml:4:18: these jobs wait for each other: a, b, c\n"
                + "  take one of the requirements out: none of them could ever start")
    }

    @Test func `what workers do is not asked of a person's task`() {
        let text = """
            kind: Job
            name: j
            schedule: {every: 1h}
            requires: [{file: /run/x}]
            whenOffline: skip
            action: {task: {assignee: ann}}
            """
        #expect(
            told(text) == [
                "m.yaml:4:11: a worker looks at 'file' and 'exec', and a task is a person's\n  leave them out",
                "m.yaml:5:14: 'whenOffline' is about what workers do, and a task is a person's\n  leave it out",
            ])
    }
}
