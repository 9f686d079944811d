import Postgres
import Store
import StoreTestSupport
import Testing

@testable import Reports

/// Roles and rights that are not as they should be, and what a login that may not see much is told.
struct RoleExaminationTests {
    @Test(arguments: [
        ("grant execute on function rota.now() to public", "fail roles: everybody may call now"),
        ("alter table rota.ready owner to postgres", "fail roles: ready should belong to rota_owner"),
        (
            "alter function rota.renew reset search_path",
            "fail roles: renew runs as its owner along its caller's search path"
        ),
        (
            "insert into rota.worker_login values ('gone_for_good', '{default}', null, rota.now(), 'ann')",
            "warn roles: bound, and no login any more: gone_for_good"
        ),
    ])
    func `rights that somebody changed by hand are told`(script: String, complaint: String) async throws {
        try await Ward.with { ward in
            try await ward.database.execute(script)
            #expect(try await ward.complaints() == [complaint])
        }
    }

    @Test func `a worker's login that is bound to no queue is told`() async throws {
        try await Ward.with { ward in
            try await Self.withLogin(in: "rota_worker", ward) { login, _ in
                // Other tests of this process may have logins of their own on the same server.
                #expect(try await ward.store.roleHealth().unbound.contains(login))
                _ = try await ward.store.bind(
                    login: login, queues: ["default"], clients: nil, reason: nil, actor: "ann")
                #expect(try await !ward.store.roleHealth().unbound.contains(login))
            }
        }
        let check = Check.roles(RoleHealth(unbound: ["w1", "w2"]))
        #expect(check.map(\.result) == [.warn])
        #expect(check[0].mend?.hasPrefix("rota login bind w1") == true)
    }

    @Test func `a viewer sees all, and a login without rights is told what it may not see`() async throws {
        try await Ward.with { ward in
            _ = try await ward.request()
            try await ward.work()
            try await Self.withLogin(in: "rota_viewer", ward) { login, store in
                let complaints = try await ward.complaints(store)
                #expect(complaints == [])
                #expect(try await store.serverHealth().connections >= 2, "its own session, and the test's")
                let holder = try await ward.database.database.connect()
                try await holder.execute("begin isolation level repeatable read; select 1")
                #expect(
                    try await ward.complaints(store) == [
                        "warn snapshots: since when 1 session holds a snapshot this login may not see"
                    ])
                await holder.close()
                #expect(login.hasPrefix("rota_viewer"))
            }
            try await Self.withLogin(in: "pg_monitor", ward) { _, store in
                let examination = Examination(store: store, libpq: 150_018, isDeep: false) { .distantPast }
                let server = try await examination.server()
                #expect(Set(server.filter { $0.result != .ok }.map(\.name)) == ["durability", "replication"])
                let schema = try await examination.schema()
                let unseen = schema.filter { $0.seen.hasPrefix("this login may not see it: permission denied") }
                #expect(unseen.allSatisfy { $0.result == .warn && $0.mend != nil })
                #expect(Set(unseen.map(\.name)).isSuperset(of: ["clock", "queues", "acts", "outputs"]))
            }
        }
    }

    private static func withLogin(
        in role: String, _ ward: Ward, _ body: (String, Store) async throws -> Void
    ) async throws {
        let login = "\(role)_of_\(ward.database.database.name)".replacing("pg_", with: "p_")
        try await ward.database.execute("create role \(login) login in role \(role)")
        let pool = Pool(Configuration("\(ward.database.database.conninfo) user=\(login)"), size: 1)
        do {
            try await body(login, Store(pool: pool))
        } catch {
            await pool.close()
            try await ward.database.execute("drop role \(login)")
            throw error
        }
        await pool.close()
        try await ward.database.execute("drop role \(login)")
    }
}
