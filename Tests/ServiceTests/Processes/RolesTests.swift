import FaultRig
import Glibc
import Postgres
import Testing

/// The parts of Rota, each with a login of its own.
struct RolesTests {
    @Test func `scheduler, worker and administrator do with logins of their own all that they have to`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            try await Logins.with(scene) { logins in
                try await scene.add(scene.job("nightly", every: 1))
                try await logins.call("admin", ["login", "bind", logins["worker"], "--queue", "default"])
                let scheduler = try await logins.start("scheduler", ["scheduler", "--grace", "1s"])
                let worker = try await logins.start("worker", ["worker"])
                try await scene.watch.until(
                    "three runs that succeeded", "select count(*) >= 3 from rota.done where state = 'succeeded'")
                for words in [["runs"], ["history"], ["why", "job/nightly"], ["get", "workers"], ["login", "list"]] {
                    try await logins.call("viewer", words)
                }
                let pause = ["pause", "job/nightly", "--reason", "holiday"]
                try await logins.call("viewer", pause, exit: 1, says: "permission denied")
                try await logins.call("admin", pause)
                try await logins.call("admin", ["run", "job/nightly"])
                try await scene.watch.until(
                    "the run that was asked for",
                    """
                    select exists (select from rota.done d join rota.run r on r.id = d.run_id and r.lane = 'reactive'
                    where d.state = 'succeeded')
                    """)
                for process in [worker, scheduler] {
                    process.send(SIGTERM)
                    #expect(try await process.end() == .exited(0))
                }
            }
        }
    }

    @Test func `a worker whose login is bound to nothing ends, and says what to do`() async throws {
        try await Scene.with { scene in
            try await Logins.with(scene) { logins in
                try await logins.call(
                    "worker", ["worker"], exit: 1, says: "rota login bind \(logins["worker"]) --queue NAME")
            }
        }
    }
}

/// A login in each role, for one scene.
private struct Logins: Sendable {
    let scene: Scene
    private let suffix: String

    subscript(role: String) -> String { "test_\(role)_\(suffix)" }

    static func with(_ scene: Scene, _ body: (Logins) async throws -> Void) async throws {
        let suffix: String = try await scene.pool.query("select current_database()::text").only().get(0)
        let logins = Logins(scene: scene, suffix: suffix)
        try await logins.each { "create role \($0) login in role rota_\($1)" }
        do {
            try await body(logins)
            try await logins.each { login, _ in "drop role \(login)" }
        } catch {
            try await logins.each { login, _ in "drop role \(login)" }
            throw error
        }
    }

    private func each(_ script: (_ login: String, _ role: String) -> String) async throws {
        for role in ["scheduler", "worker", "admin", "viewer"] {
            let text = script(self[role], role)
            try await scene.pool.withConnection { try await $0.execute(text) }
        }
    }

    func start(_ role: String, _ words: [String]) async throws -> ServiceProcess {
        try await scene.start(
            "\(role) \(words[0])", words + ["--database-url", "\(scene.conninfo) user=\(self[role])"])
    }

    /// Runs a command to its end.
    func call(_ role: String, _ words: [String], exit status: Int32 = 0, says text: String? = nil) async throws {
        let process = try await start(role, words)
        let ending = try await process.end()
        #expect(ending == .exited(status), "\(role): \(words): \(process.report)")
        if let text { try await process.says(text) }
    }
}
