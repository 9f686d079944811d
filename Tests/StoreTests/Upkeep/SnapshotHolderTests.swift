import Model
import Postgres
import Testing

@testable import Store

struct SnapshotHolderTests {
    @Test func `who holds a snapshot, or has written and not committed, is found with when that began`() async throws {
        try await Desk.with { desk in
            #expect(try await desk.store.snapshotHolders() == [])
            for begin in ["begin isolation level repeatable read; select 1", "begin; select txid_current()"] {
                let holder = try await desk.database.database.connect()
                try await holder.execute("set application_name = 'report'; \(begin)")
                let found = try #require(try await desk.store.snapshotHolders().first)
                #expect(found.kind == .session)
                #expect(found.name == String(await holder.serverProcess))
                #expect(found.who == "postgres, report, idle in transaction")
                #expect(found.since != nil)
                try await holder.execute("rollback")
                #expect(try await desk.store.snapshotHolders() == [])
                await holder.close()
            }
        }
    }
}
