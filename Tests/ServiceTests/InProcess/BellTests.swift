import Store
import Testing

@Suite struct BellTests {
    private let forEver = Duration.seconds(86_400)

    @Test func `a ring before the wait is not lost`() async {
        let bell = Bell()
        bell.ring()
        await bell.wait(upTo: forEver, clock: ContinuousClock())
    }

    @Test func `several rings count as one`() async {
        let bell = Bell()
        for _ in 0..<3 { bell.ring() }
        await bell.wait(upTo: forEver, clock: ContinuousClock())
        let clock = HandClock()
        let order = Notes()
        await withTaskGroup { group in
            group.addTask {
                await bell.wait(upTo: self.forEver, clock: clock)
                order.add("returned")
            }
            await clock.waitForSleeper()
            // A wait that found a second ring would be over long before these turns are.
            for _ in 0..<100 { await Task.yield() }
            order.add("rung again")
            bell.ring()
        }
        #expect(order.all == ["rung again", "returned"])
    }

    @Test func `a ring ends the wait that is under way`() async {
        let bell = Bell()
        let clock = HandClock()
        await withTaskGroup { group in
            group.addTask { await bell.wait(upTo: self.forEver, clock: clock) }
            await clock.waitForSleeper()
            bell.ring()
        }
    }

    @Test func `time ends the wait`() async {
        let bell = Bell()
        let clock = HandClock()
        await withTaskGroup { group in
            group.addTask { await bell.wait(upTo: .seconds(5), clock: clock) }
            await clock.waitForSleeper()
            clock.advance(by: .seconds(5))
        }
    }

    @Test func `cancellation ends the wait, and a cancelled task does not wait`() async {
        let bell = Bell()
        let clock = HandClock()
        await withTaskGroup { group in
            group.addTask { await bell.wait(upTo: self.forEver, clock: clock) }
            await clock.waitForSleeper()
            group.cancelAll()
            await group.waitForAll()
            group.addTask { await bell.wait(upTo: self.forEver, clock: clock) }
        }
    }

    @Test func `many rings from many sides never leave the waiter asleep`() async {
        let bell = Bell()
        let heard = Notes()
        let rounds = 500
        await withTaskGroup { group in
            group.addTask {
                while heard.all.count < rounds {
                    await bell.wait(upTo: self.forEver, clock: ContinuousClock())
                    heard.add("rung")
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    while heard.all.count < rounds {
                        bell.ring()
                        await Task.yield()
                    }
                }
            }
        }
        #expect(heard.all.count == rounds)
    }
}
