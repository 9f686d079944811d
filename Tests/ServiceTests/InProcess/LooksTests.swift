import Actions
import Testing

@testable import Worker

/// How often a worker looks at all that is ready.
@Suite struct LooksTests {
    private static let now = BootTime(nanoseconds: 1_000_000_000_000)

    @Test func `where looks are brief each is at everything`() {
        let looks = Looks()
        for _ in 0..<3 {
            #expect(looks.mayBeEverywhere(at: Self.now))
            looks.note(.milliseconds(4), everywhere: true, at: Self.now)
        }
    }

    @Test func `looks at everything that take long are a twentieth of the time`() {
        let looks = Looks()
        looks.note(.milliseconds(50), everywhere: true, at: Self.now)
        #expect(!looks.mayBeEverywhere(at: Self.now + .milliseconds(999)))
        #expect(looks.mayBeEverywhere(at: Self.now + .milliseconds(1000)))
    }

    @Test func `what came in before its place waits five seconds at most`() {
        let looks = Looks()
        looks.note(.seconds(2), everywhere: true, at: Self.now)
        #expect(!looks.mayBeEverywhere(at: Self.now + .milliseconds(4999)))
        #expect(looks.mayBeEverywhere(at: Self.now + .seconds(5)))
    }

    @Test func `a database that is far away makes every look long, and is no reason to look at less`() {
        let looks = Looks()
        looks.note(.milliseconds(80), everywhere: true, at: Self.now)
        for _ in 0..<10 { looks.note(.milliseconds(80), everywhere: false, at: Self.now) }
        looks.note(.milliseconds(82), everywhere: true, at: Self.now + .seconds(2))
        #expect(looks.mayBeEverywhere(at: Self.now + .seconds(2)))
    }

    @Test func `once the old snapshot has gone each look is at everything again`() {
        let looks = Looks()
        looks.note(.milliseconds(100), everywhere: true, at: Self.now)
        looks.note(.milliseconds(1), everywhere: false, at: Self.now + .seconds(1))
        looks.note(.milliseconds(2), everywhere: true, at: Self.now + .seconds(2))
        #expect(looks.mayBeEverywhere(at: Self.now + .seconds(2)))
    }
}
