import Postgres
import Recurrence
import TestSupport
import Testing

@testable import Store

/// Sessions that wait in the middle of a pipeline.
struct HalfSentTests {
    @Test func `one that has heard nothing since the last look is ended, and its locks are free`() async throws {
        try await Desk.with { desk in
            let other = try await desk.database.database.connect()
            try await other.execute("create table t (n int); insert into t values (1)")
            let half = try HalfClient(to: desk.database.database, application: "rota")
            try half.begin("update t set n = 2")
            var waiting: Set<HalfSent> = []
            // It has answered, and comes to wait in a moment.
            while waiting.isEmpty { waiting = try await desk.store.endHalfSent([]).waiting }
            #expect(waiting.count == 1)
            let earlier = Set(waiting.map { HalfSent(process: $0.process, since: $0.since - .milliseconds(1)) })
            #expect(try await desk.store.endHalfSent(earlier).waiting == waiting, "it has heard something meanwhile")
            #expect(try await Set(desk.store.endHalfSent(waiting).ended) == waiting)
            try await other.execute("update t set n = n + 2")
            #expect(try await other.query("select n from t").only().get(0, as: Int32.self) == 3)
            await other.close()
        }
    }

    @Test func `another login's is ended by one that may see and signal it, and left to others by one that may not`()
        async throws
    {
        try await Desk.with { desk in
            let logins = ["half_of_\(desk.database.database.name)", "watch_of_\(desk.database.database.name)"]
            for login in logins { try await desk.database.execute("create role \(login) login") }
            let pool = Pool(Configuration("\(desk.database.database.conninfo) user=\(logins[1])"), size: 1)
            do {
                try await Self.expectEnd(of: logins[0], by: Store(pool: pool), login: logins[1], desk)
                await pool.close()
            } catch {
                await pool.close()
                for login in logins { try await desk.database.execute("drop role \(login)") }
                throw error
            }
            for login in logins { try await desk.database.execute("drop role \(login)") }
        }
    }

    private static func expectEnd(of other: String, by store: Store, login: String, _ desk: Desk) async throws {
        let half = try HalfClient(to: desk.database.database, application: "rota", login: other)
        try half.begin("select pg_advisory_xact_lock(1)")
        var waiting: Set<HalfSent> = []
        while waiting.isEmpty { waiting = try await desk.store.endHalfSent([]).waiting }
        let before = try await store.endHalfSent(waiting)
        #expect(before.waiting == [] && before.ended == [])
        try await desk.database.execute("grant pg_monitor, pg_signal_backend to \(login)")
        #expect(try await store.endHalfSent([]).waiting == waiting)
        #expect(try await Set(store.endHalfSent(waiting).ended) == waiting)
    }

    @Test func `neither who waits for rows to copy, nor another program, nor who is between statements is ended`()
        async throws
    {
        try await Desk.with { desk in
            let database = desk.database.database
            var configuration = database.configuration
            configuration.applicationName = "rota"
            let between = try await Connection.connect(configuration)
            try await between.execute("create table t (n int)")
            let copying = try HalfClient(to: database, application: "rota")
            try copying.copy(into: "t")
            let other = try HalfClient(to: database, application: "psql")
            try other.begin("select 1")
            try await between.execute("begin; select txid_current()")
            #expect(try await desk.store.endHalfSent([]).waiting == [])
            // They are there still.
            try await between.execute("rollback")
            try other.begin("select 2")
            await between.close()
        }
    }
}
