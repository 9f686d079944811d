import Model
import Recurrence
import Testing

/// What an attempt comes to that its worker has ended.
@Suite struct ConclusionTests {
    private static let job = Job(
        name: "job", schedule: ScheduleRule(cron: "0 * * * *"),
        retry: RetryPolicy(attempts: 2, wait: Span(seconds: 60)),
        whenOffline: .asap, action: .exec(ExecAction(command: ["true"], timeout: Span(seconds: 60))))

    private static func conclusion(of outcome: Outcome, failedBefore: Int = 0) -> Conclusion {
        job.conclusion(of: outcome, failedBefore: failedBefore, lossesBefore: 0, untilLastStart: .seconds(9))
    }

    @Test func `what a guard refused is looked at again in five minutes, and no attempt is used up`() {
        let refused = Outcome(.released, message: "no", isPutOff: true)
        #expect(Self.conclusion(of: refused) == .finished(refused, .retry(after: .seconds(300))))
    }

    @Test func `what was handed back unused is ready at once`() {
        #expect(Self.conclusion(of: Outcome(.released)) == .released)
    }

    @Test func `a target that was not there is no failure, and any other failure is one`() {
        guard
            case .finished(let told, .retry(after: .seconds(900))) = Self.conclusion(of: Outcome(.failed, exitCode: 69))
        else {
            Issue.record("it is not tried again in a quarter of an hour")
            return
        }
        #expect(told.ended == .released)
        let failed = Outcome(.failed, exitCode: 1)
        #expect(Self.conclusion(of: failed) == .finished(failed, .retry(after: .seconds(60))))
        #expect(Self.conclusion(of: failed, failedBefore: 1) == .finished(failed, .finish(.failed)))
    }
}
