import CGuard
import Glibc
import Testing

@testable import Actions

/// The guard by itself, with another process in the worker's place.
@Suite struct GuardTests {
    @Test func `the command and all that it started die with a worker that is killed`() async throws {
        let fixture = Fixture()
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let worker = try start(
            "exec 3>'\(fifo.path)'; setsid sleep 1000 & sleep 1000 & echo up >&3; wait", in: fixture)
        #expect(try await reader.line() == "up")
        kill(worker.process, SIGKILL)
        waitpid(worker.process, nil, 0)
        #expect(try await reader.line() == nil)
        waitpid(worker.guardian, nil, 0)
    }

    @Test func `the command and all that it started die while their worker is stopped`() async throws {
        let fixture = Fixture()
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let worker = try start(
            "exec 3>'\(fifo.path)'; setsid sleep 1000 & sleep 1000 & echo up >&3; wait", in: fixture,
            permit: BootTime.reading() + .seconds(2))
        kill(worker.process, SIGSTOP)
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == nil)
        kill(worker.process, SIGKILL)
        waitpid(worker.process, nil, 0)
        waitpid(worker.guardian, nil, 0)
    }

    @Test func `a command whose permit is prolonged goes on`() async throws {
        let fixture = Fixture()
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let channel = try #require(DescriptorPair.channel())
        let begun = BootTime.reading()
        let permit = Permit(until: begun + .seconds(1))
        let guardian = try spawn(
            "sleep 1.5; echo went on >'\(fifo.path)'", in: fixture, channel: channel.theirs, permit: permit.until)
        permit.attach(channel.mine.number)
        permit.extend(until: begun + .seconds(60))
        permit.extend(until: begun)
        #expect(permit.until == begun + .seconds(60))
        #expect(try await reader.line() == "went on")
        permit.detach()
        channel.mine.close()
        waitpid(guardian, nil, 0)
    }

    private struct StandIn {
        /// It alone holds the worker's end of the channel.
        var process: pid_t
        var guardian: pid_t
    }

    private func start(_ script: String, in fixture: Fixture, permit: BootTime = .distantFuture) throws -> StandIn {
        let channel = try #require(DescriptorPair.channel())
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, channel.mine.number, 0)
        var process = pid_t()
        let code = CStrings([Array("sleep".utf8), Array("1000".utf8)]).withList { arguments in
            CStrings([]).withList { posix_spawn(&process, "/usr/bin/sleep", &actions, nil, arguments, $0) }
        }
        try #require(code == 0)
        channel.mine.close()
        let guardian = try spawn(script, in: fixture, channel: channel.theirs, permit: permit)
        return StandIn(process: process, guardian: guardian)
    }

    private func spawn(
        _ script: String, in fixture: Fixture, channel: Descriptor, permit: BootTime
    ) throws -> pid_t {
        let nothing = Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC))
        let guardian = CStrings(["sh", "-c", script].map { Array($0.utf8) }).withList { arguments in
            CStrings([Array("PATH=/usr/bin:/bin".utf8)]).withList { environment in
                "/bin/sh".withCString { program in
                    fixture.root.withCString { directory in
                        var command = guard_command(
                            program: program, arguments: arguments, environment: environment, directory: directory,
                            input: nothing.number, output: nothing.number, channel: channel.number,
                            permit: permit.nanoseconds, start_by: .max, timeout: .max, grace: 100_000_000)
                        return guard_spawn(&command)
                    }
                }
            }
        }
        nothing.close()
        channel.close()
        try #require(guardian > 0)
        return guardian
    }
}
