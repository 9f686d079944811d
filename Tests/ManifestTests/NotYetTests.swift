import Manifest
import Testing

/// What the language has and nothing acts on yet is refused, never passed over.
@Suite struct NotYetTests {
    @Test(arguments: [
        "programme: [proactive-core]", "requires: [{job: backup-check, succeeded: 24h}]", "notify: {failed: [ops]}",
    ])
    func `keys of a job`(line: String) {
        let key = line.prefix { $0 != ":" }
        #expect(told(job(line)) == ["m.yaml:3:1: '\(key)' is not supported yet\n  leave it out"])
    }

    @Test(arguments: [
        ("catchUp: all", "10: 'catchUp: all' is not supported yet\n  use 'latest'"),
        ("catchUp: none", "10: 'catchUp: none' is not supported yet\n  use 'latest'"),
        ("overlap: queue", "10: 'overlap: queue' is not supported yet\n  use 'skip'"),
        ("overlap: allow", "10: 'overlap: allow' is not supported yet\n  use 'skip'"),
        ("overlap: replace", "10: 'overlap: replace' is not supported yet\n  use 'skip'"),
    ])
    func `values of a job`(line: String, problem: String) {
        #expect(told(job(line)) == ["m.yaml:3:\(problem)"])
    }

    @Test func `keys of other places`() {
        #expect(
            told(job("rollout: {stopAfter: 2, atOnce: 1}")) == [
                "m.yaml:3:11: 'stopAfter' is not supported yet\n  leave it out"
            ])
        #expect(
            told(job(schedule: "{every: 1h, spread: 2h}")) == [
                "m.yaml:4:23: 'spread' is not supported yet\n  leave it out"
            ])
        #expect(told(job(exec: "user: root")) == ["m.yaml:9:5: 'user' is not supported yet\n  leave it out"])
        #expect(
            told("kind: Client\nname: c\ntimezone: UTC\nagreement: {since: 2025-02-01}\n") == [
                "m.yaml:4:1: 'agreement' is not supported yet\n  leave it out"
            ])
        #expect(
            told(
                "kind: Asset\nname: a\nclient: c\nis: server\nendpoint: true\n---\n"
                    + "kind: Client\nname: c\ntimezone: UTC\n") == [
                    "m.yaml:5:1: 'endpoint' is not supported yet\n  leave it out"
                ])
        #expect(
            told("kind: Window\nname: w\noutside: business-hours\natClose: stop\n") == [
                "m.yaml:4:10: 'atClose: stop' is not supported yet\n  use 'finish'"
            ])
    }

    @Test(arguments: ["http: {url: \"https://x.example\"}", "check: {kind: tcp}"])
    func `actions`(action: String) {
        let key = action.prefix { $0 != ":" }
        #expect(
            told("kind: Job\nname: j\nschedule: {every: 1h}\naction:\n  \(action)\n") == [
                "m.yaml:5:3: '\(key)' is not supported yet\n  leave it out"
            ])
    }

    @Test func `a slip of such a key is told as a slip`() {
        #expect(told(job("rolout: {}")) == ["m.yaml:3:1: unknown key 'rolout'\n  did you mean 'rollout'?"])
    }
}
