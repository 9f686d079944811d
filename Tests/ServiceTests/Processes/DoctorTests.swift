import FaultRig
import Glibc
import Postgres
import TestSupport
import Testing

/// `rota doctor`, as a process with its exit code.
@Suite struct DoctorTests {
    @Test func `with rota dev at work nothing is wrong`() async throws {
        try await Scene.with { scene in
            guard mkdir("\(scene.directory)/jobs", 0o755) == 0 else {
                throw TestSupportError("no directory for manifests: error \(errno)")
            }
            try File.write(
                """
                kind: Client
                name: acme
                timezone: UTC
                ---
                kind: Job
                name: tick
                schedule: {every: 1s}
                action:
                  exec:
                    command: ["\(scene.directory)/work", "\(scene.directory)", tell, tick]
                    timeout: 30s

                """, to: "\(scene.directory)/jobs/jobs.yaml", mode: 0o644)
            let ticks = try scene.pipe("tick")
            let dev = try await scene.start(
                "dev", ["dev", "--jobs", "\(scene.directory)/jobs", "--data", "\(scene.directory)/data"])
            // By then scheduler and worker have done what they are there for.
            #expect(try await ticks.next("a tick") != .silence)
            let address = try File.read("\(scene.directory)/data/database-url").split(separator: "\n")[0]
            let doctor = try await scene.start("doctor", ["doctor", "--deep", "--database-url", String(address)])
            #expect(try await doctor.end() == .exited(0), "\(doctor.report)")
            let lines = await doctor.log.whole()
            #expect(lines.last == "Nothing is wrong, 1 thing to look at.")
            #expect(lines.contains { $0.hasPrefix("warn  replication") })
            dev.sendToGroup(SIGINT)
            #expect(try await dev.end() == .exited(0))
        }
    }

    @Test func `what is wrong is told with how to mend it, and with exit code 3`() async throws {
        try await Scene.with { scene in
            let doctor = try await scene.start("doctor", ["doctor"])
            #expect(try await doctor.end() == .exited(3))
            let lines = await doctor.log.whole()
            let scheduler = try #require(lines.firstIndex { $0.hasPrefix("fail  schedulers   none is at work") })
            #expect(
                lines[scheduler + 1].drop { $0 == " " } == "→ start one (two, on different hosts): rota scheduler")
        }
    }

    @Test func `a database without Rota in it is told, and the server is looked at all the same`() async throws {
        try await Scene.withCluster { scene, _ in
            let empty = scene.conninfo.replacing("dbname=postgres", with: "dbname=template1")
            let doctor = try await scene.start("doctor", ["doctor", "--database-url", empty])
            #expect(try await doctor.end() == .exited(3))
            let lines = await doctor.log.whole()
            #expect(lines.contains { $0.hasPrefix("fail  schema       there is nothing of Rota in this database") })
            #expect(lines.contains { $0.hasPrefix("ok    encoding     UTF8") })
            #expect(!lines.contains { $0.contains("schedulers") })
        }
    }

    @Test(.enabled(if: Pooler.isThere, "PgBouncer is not installed"))
    func `through a pooler all is looked at, and the pooler is told`() async throws {
        try await Scene.with { scene in
            try await Pooler.with(scene.conninfo) { pooler in
                let doctor = try await scene.start("doctor", ["doctor", "--database-url", pooler.conninfo])
                #expect(try await doctor.end() == .exited(3))
                let lines = await doctor.log.whole()
                #expect(lines.contains { $0.hasPrefix("ok    connection") && $0.contains("through a pooler") })
                #expect(lines.contains { $0.hasPrefix("ok    acts") })
                #expect(!lines.contains { $0.contains("could not be looked at") })
            }
        }
    }

    @Test func `a database that cannot be reached is told exactly, and with exit code 4`() async throws {
        try await Scene.with { scene in
            let words = ["doctor", "-o", "json", "--database-url", "host=\(scene.directory) dbname=x"]
            let doctor = try await scene.start("doctor", words)
            #expect(try await doctor.end() == .exited(4))
            let text = await doctor.log.whole().joined(separator: "\n")
            #expect(text.contains("\"check\": \"connection\"") && text.contains("\"ok\": false"))
            #expect(text.contains("No such file or directory") && text.contains("is PostgreSQL running there?"))
        }
    }
}
