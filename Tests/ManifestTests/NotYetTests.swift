import Manifest
import Testing

/// What the language has and nothing acts on yet is refused, never passed over.
@Suite struct NotYetTests {
    @Test(arguments: [
        "programme: [proactive-core]", "notify: {failed: [ops]}",
    ])
    func `keys of a job`(line: String) {
        let key = line.prefix { $0 != ":" }
        #expect(told(job(line)) == ["m.yaml:3:1: '\(key)' is not supported yet\n  leave it out"])
    }

    @Test func `keys of other places`() {
        #expect(told(job(exec: "user: root")) == ["m.yaml:9:5: 'user' is not supported yet\n  leave it out"])
        #expect(
            told("kind: Client\nname: c\ntimezone: UTC\nagreement: {since: 2025-02-01}\n") == [
                "m.yaml:4:1: 'agreement' is not supported yet\n  leave it out"
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
