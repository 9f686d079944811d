import FaultRig
import Glibc
import Recurrence
import TestSupport
import Testing

@Suite struct DevTests {
    @Test func `rota dev does the work, ends all that it started, and starts again on the same data`() async throws {
        try await Scene.with { scene in
            let ticks = try prepare(scene)
            for start in ["first", "second"] {
                let begin = WallClock.read()
                let dev = try await startDev(scene, start)
                try await tick(after: begin, ticks)
                // As Ctrl-C does: to the whole group.
                dev.sendToGroup(SIGINT)
                #expect(try await dev.end() == .exited(0))
                // Nothing is left by the time it has ended, so there is nothing to wait for.
                #expect(try isFree(scene), "a server is left behind\n\(dev.report)")
            }
        }
    }

    @Test func `rota dev that is stopped as soon as it says that it is ready drains`() async throws {
        try await Scene.with { scene in
            _ = try prepare(scene)
            let dev = try await startDev(scene, "dev")
            dev.sendToGroup(SIGINT)
            #expect(try await dev.end() == .exited(0))
            #expect(try isFree(scene), "a server is left behind\n\(dev.report)")
        }
    }

    @Test func `rota dev that is killed leaves no server, and the next one goes on with its data`() async throws {
        try await Scene.with { scene in
            let ticks = try prepare(scene)
            let others = try scene.pipe("other")
            let first = try await startDev(scene, "first")
            // In an odd second, so that the other job's run is over: one that was going is only done again after its
            // lease.
            while try await tick(after: WallClock.read(), ticks).seconds % 2 == 0 {}
            first.send(SIGKILL)
            #expect(try await first.end() == .signalled(SIGKILL))
            try await within(.seconds(20), "the end of the server") {
                try await offThread { try awaitFree(scene) }
            }
            let killed = WallClock.read()
            let second = try await startDev(scene, "second")
            try await tick(after: killed, others)
            second.sendToGroup(SIGINT)
            #expect(try await second.end() == .exited(0))
        }
    }

    @Test func `rota dev names what it removes because its manifests do not have it`() async throws {
        try await Scene.with { scene in
            let ticks = try prepare(scene)
            for start in ["first", "second"] {
                let begin = WallClock.read()
                let dev = try await startDev(scene, start)
                try await tick(after: begin, ticks)
                if start == "second" { try await dev.says("removed what is not in the manifests  removed=job/other") }
                dev.sendToGroup(SIGINT)
                #expect(try await dev.end() == .exited(0))
                #expect(start == "second" || !dev.report.contains("removed what is not"))
                try File.write(
                    Self.manifest(of: ["tick"], in: scene), to: "\(scene.directory)/jobs/jobs.yaml", mode: 0o644)
            }
        }
    }

    /// A client, and two jobs that tell each second and each other second.
    private func prepare(_ scene: Scene) throws -> Fifo {
        guard mkdir("\(scene.directory)/jobs", 0o755) == 0 else {
            throw TestSupportError("no directory for manifests: error \(errno)")
        }
        try File.write(
            Self.manifest(of: ["tick", "other"], in: scene), to: "\(scene.directory)/jobs/jobs.yaml", mode: 0o644)
        return try scene.pipe("tick")
    }

    /// A client, and jobs of which the first tells each second, the next each other second.
    private static func manifest(of jobs: [String], in scene: Scene) -> String {
        let texts = jobs.enumerated().map { place, job in
            """
            ---
            kind: Job
            name: \(job)
            schedule: {every: \(place + 1)s}
            action:
              exec:
                command: ["\(scene.directory)/work", "\(scene.directory)", tell, \(job)]
                timeout: 30s

            """
        }
        return "kind: Client\nname: acme\ntimezone: UTC\n" + texts.joined()
    }

    private func startDev(_ scene: Scene, _ name: String) async throws -> ServiceProcess {
        let words = ["dev", "--jobs", "\(scene.directory)/jobs", "--data", "\(scene.directory)/data"]
        let dev = try await scene.start(name, words)
        try await dev.says("ready", within: .seconds(60))
        return dev
    }

    @discardableResult
    private func tick(after moment: Instant, _ ticks: Fifo) async throws -> Instant {
        while true {
            guard case .line(let due) = try await ticks.next("a tick") else { continue }
            if instant(due) >= moment { return instant(due) }
        }
    }

    /// Whether no process of a server is left: as long as one is, it holds a lock.
    private func isFree(_ scene: Scene) throws -> Bool {
        try withLockFile(scene) { flock($0, LOCK_EX | LOCK_NB) == 0 }
    }

    /// Waits until no process of a server is left. Blocks.
    private func awaitFree(_ scene: Scene) throws {
        try withLockFile(scene) { number in
            while flock(number, LOCK_EX) != 0 && errno == EINTR {}
        }
    }

    private func withLockFile<T>(_ scene: Scene, _ body: (Int32) -> T) throws -> T {
        let number = open("\(scene.directory)/data/alive", O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw TestSupportError("there is no lock to look at: error \(errno)") }
        defer { close(number) }
        return body(number)
    }
}
