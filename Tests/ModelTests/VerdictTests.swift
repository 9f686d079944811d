import Model
import Recurrence
import Testing

@Suite struct VerdictTests {
    static func job(attempts: Int, action: Action = Given.exec) -> Job {
        var job = Given.job(action: action)
        job.retry = RetryPolicy(attempts: attempts, wait: Given.span("5m"), factor: 2, most: Given.span("15m"))
        return job
    }

    @Test func `each wait is longer than the last, up to the most, until the attempts are used up`() {
        let job = Self.job(attempts: 5)
        let verdicts = (0..<5).map { job.verdict(on: .failed, failedBefore: $0, lossesBefore: 0) }
        #expect(
            verdicts == [
                .retry(after: .seconds(300)), .retry(after: .seconds(600)), .retry(after: .seconds(900)),
                .retry(after: .seconds(900)), .finish(.failed),
            ])
    }

    @Test func `a job without retry fails with its first failure, and a timeout is one`() {
        #expect(Self.job(attempts: 1).verdict(on: .timedOut, failedBefore: 0, lossesBefore: 0) == .finish(.failed))
    }

    @Test func `a lost attempt is repeated whatever the job's retry says, but not for ever`() {
        let job = Self.job(attempts: 1)
        #expect(job.verdict(on: .lost, failedBefore: 0, lossesBefore: 8) == .retry(after: .zero))
        #expect(job.verdict(on: .lost, failedBefore: 0, lossesBefore: 9) == .finish(.failed))
        #expect(Verdict.onLoss(lossesBefore: 0, cancelled: true) == .finish(.cancelled))
    }

    @Test func `a reminder that is to be acknowledged waits for it`() {
        let remind = RemindAction(
            to: .file("log"), message: "read this", acknowledge: .required, repeat: Given.span("7d"))
        let asked = Self.job(attempts: 1, action: .remind(remind))
        #expect(
            asked.verdict(on: .succeeded, failedBefore: 0, lossesBefore: 0) == .wait(repeatAfter: .seconds(7 * 86_400)))
        let told = Self.job(attempts: 1, action: .remind(RemindAction(to: .file("log"), message: "fyi")))
        #expect(told.verdict(on: .succeeded, failedBefore: 0, lossesBefore: 0) == .finish(.succeeded))
    }
}
