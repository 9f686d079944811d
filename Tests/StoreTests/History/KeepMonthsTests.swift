import Store
import StoreTestSupport
import Testing

@Suite struct KeepMonthsTests {
    @Test func `months are made ahead of the clock, and dropped once they have been over for long enough`() async throws
    {
        try await withMigratedDatabase { database in
            let store = Store(pool: database.pool)
            let day = 86_400
            try await database.setClock("2031-01-31T23:59:59Z")
            let first = try await store.keepMonths(ahead: 2, history: .seconds(400 * day))
            #expect(first.made == ["2031-01-01", "2031-02-01", "2031-03-01"])
            let same = try await store.keepMonths(ahead: 2, history: .seconds(400 * day))
            #expect(same == KeptMonths())

            try await database.setClock("2031-02-01T00:00:00Z")
            let next = try await store.keepMonths(ahead: 2, history: .seconds(400 * day))
            #expect(next.made == ["2031-04-01"])
            #expect(next.dropped == [])

            try await database.setClock("2031-03-10T23:59:59Z")
            let early = try await store.keepMonths(ahead: 0, history: .seconds(38 * day))
            #expect(early.dropped == [])
            try await database.setClock("2031-03-11T00:00:00Z")
            let late = try await store.keepMonths(ahead: 0, history: .seconds(38 * day))
            #expect(late.dropped == ["2031-01-01"])
        }
    }
}
