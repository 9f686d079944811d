import Recurrence
import Testing

@testable import Store

struct SchedulerPresenceTests {
    @Test func `a scheduler is noted while it is there, and as gone when it ends`() async throws {
        try await Desk.with { desk in
            let profile = SchedulerProfile(
                name: "s", instance: "s/1", host: "h1", history: .seconds(400 * 86_400))
            try await desk.store.note(profile)
            try await desk.database.advance(by: .seconds(10))
            try await desk.store.note(profile)
            let now = try await desk.store.now()
            let there = try #require(try await desk.store.schedulers().first)
            #expect(there.profile == profile)
            #expect(there.startedAt == now - .seconds(10))
            #expect(there.seenAt == now)
            #expect(there.endedAt == nil)
            try await desk.store.end(profile)
            #expect(try await desk.store.schedulers().map(\.endedAt) == [now])
            try await desk.database.advance(by: .seconds(31 * 86_400))
            try await desk.store.end(SchedulerProfile(name: "t", instance: "t/1", host: "h", history: .seconds(1)))
            #expect(try await desk.store.schedulers() == [])
        }
    }
}
