import Model
import Recurrence
import Testing

struct RunLimitTests {
    private static let client = Client(name: "acme", timezone: "UTC")
    private static let noon = Instant(seconds: 1_770_000_000)

    private static func job(_ change: (inout Job) -> Void = { _ in }) -> Job {
        var job = Job(
            name: "patch", schedule: ScheduleRule(every: Span(days: 1)),
            action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 60))))
        change(&job)
        return job
    }

    private static func asset(_ labels: [String: String] = [:]) -> Asset {
        Asset(name: "srv", client: "acme", kind: "server", labels: labels)
    }

    @Test func `a job without limits has none`() {
        let subject = RunSubject(client: Self.client, asset: Self.asset(["ha": "pair"]))
        #expect(Self.job().limits(of: subject, occurrence: .init(name: "patch/acme/\(Self.noon)", runs: 400)) == [])
    }

    @Test func `a run counts in the group of each of its limits, in the order of their keys`() {
        let job = Self.job {
            $0.atOnce = 7
            $0.exclusive = true
            $0.rollout = Rollout(atOnce: .share(10), apart: "ha")
        }
        var client = Self.client
        client.atOnce = 3
        let limits = job.limits(
            of: RunSubject(client: client, asset: Self.asset(["ha": "pair"])),
            occurrence: .init(name: "patch/acme/\(Self.noon)", runs: 41))
        #expect(
            limits.map(\.key) == [
                "apart/acme/ha=pair", "client/acme", "exclusive/srv", "job/patch", "occurrence/patch/acme/\(Self.noon)",
            ])
        #expect(limits.map(\.most) == [1, 3, 1, 7, 5])
        #expect(
            limits.map(\.subject) == [
                .apart("ha=pair"), .client("acme"), .exclusive(asset: "srv"), .job("patch"), .occurrence,
            ])
    }

    @Test
    func `an asset without the label is kept apart from none, and what somebody asked for is part of no occurrence`() {
        let job = Self.job { $0.rollout = Rollout(atOnce: .number(2), apart: "ha") }
        #expect(job.limits(of: RunSubject(client: Self.client, asset: Self.asset()), occurrence: nil) == [])
        #expect(job.limits(of: RunSubject(client: Self.client, asset: nil), occurrence: nil) == [])
    }

    @Test(arguments: [(10, 400, 40), (10, 41, 5), (1, 5, 1), (100, 7, 7), (33, 3, 1)])
    func `a share is rounded up, and at least one`(_ share: Int, all: Int, count: Int) {
        #expect(Amount.share(share).count(of: all) == count)
    }

    @Test(arguments: ["10", "1", "10%", "100%"]) func `an amount is read as it is written`(_ text: String) {
        #expect(Amount(text)?.description == text)
    }

    @Test(arguments: ["0", "0%", "101%", "-1", "10 %", "", "%", "1.5"]) func `no other amount is read`(_ text: String) {
        #expect(Amount(text) == nil)
    }

    @Test func `what must not be done twice is held where nobody knows its end, and tried again where it failed`() {
        let job = Self.job {
            $0.repeatable = false
            $0.retry = RetryPolicy(attempts: 3, wait: Span(seconds: 1))
        }
        #expect(job.verdict(on: .lost, failedBefore: 0, lossesBefore: 0) == .hold)
        #expect(job.verdict(on: .timedOut, failedBefore: 0, lossesBefore: 0) == .hold)
        #expect(job.verdict(on: .failed, failedBefore: 0, lossesBefore: 0) == .retry(after: .seconds(1)))
        #expect(Verdict.onLoss(lossesBefore: 0, cancelled: true, repeatable: false) == .hold)
        #expect(Self.job().verdict(on: .lost, failedBefore: 0, lossesBefore: 0) == .retry(after: .zero))
    }
}
