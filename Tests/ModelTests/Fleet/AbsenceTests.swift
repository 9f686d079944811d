import Model
import Recurrence
import Testing

/// What follows where the target was not there.
@Suite struct AbsenceTests {
    private static func job(_ whenOffline: Job.WhenOffline?, codes: [Int]? = nil) -> Job {
        Job(
            name: "job", schedule: ScheduleRule(cron: "0 * * * *"), whenOffline: whenOffline,
            action: .exec(
                ExecAction(command: ["true"], timeout: Span(seconds: 60), offlineExitCodes: codes)))
    }

    private static func failed(_ code: Int?) -> Outcome { Outcome(.failed, exitCode: code, message: "no route") }

    @Test func `skip: it is skipped, and says why`() throws {
        let (outcome, verdict) = try #require(Self.job(.skip).absence(Self.failed(69), untilLastStart: nil))
        #expect(verdict == .finish(.skipped))
        #expect(outcome.message == "its target was not there: no route")
    }

    @Test func `asap: it is tried again in a quarter of an hour, and no attempt is used up`() throws {
        let (outcome, verdict) = try #require(Self.job(.asap).absence(Self.failed(69), untilLastStart: .seconds(9)))
        #expect(verdict == .retry(after: .seconds(900)) && outcome.ended == .released)
    }

    @Test func `nextWindow: not before this opening's last start`() throws {
        let (_, verdict) = try #require(Self.job(.nextWindow).absence(Self.failed(69), untilLastStart: .seconds(77)))
        // A second more: clocks that differ a little let nobody begin before it.
        #expect(verdict == .retry(after: .seconds(78)))
    }

    @Test func `nextWindow: where the opening has no end it is tried again as with asap`() throws {
        for untilLastStart: Duration? in [nil, .seconds(7974 * 365 * 86_400)] {
            let (_, verdict) = try #require(
                Self.job(.nextWindow).absence(Self.failed(69), untilLastStart: untilLastStart))
            #expect(verdict == .retry(after: Job.offlineWait))
        }
    }

    @Test func `only the exit codes that say so count, and only where the job asks`() {
        #expect(Self.job(.skip).absence(Self.failed(1), untilLastStart: nil) == nil)
        #expect(Self.job(.skip).absence(Self.failed(nil), untilLastStart: nil) == nil)
        #expect(Self.job(.skip, codes: [4]).absence(Self.failed(69), untilLastStart: nil) == nil)
        #expect(Self.job(.skip, codes: [4]).absence(Self.failed(4), untilLastStart: nil) != nil)
        #expect(Self.job(nil).absence(Self.failed(69), untilLastStart: nil) == nil)
    }
}
