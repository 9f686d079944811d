import Glibc
import Model
import Recurrence
import Testing

@testable import Actions

@Suite struct EndingTests {
    /// Starts a grandchild in a session of its own, which holds the pipe open, and another in the command's group.
    private static func family(_ fifo: Fifo) -> String {
        """
        exec 3>'\(fifo.path)'
        setsid sh -c 'trap "" TERM HUP; while :; do sleep 1000; done' &
        sh -c 'while :; do sleep 1000; done' &
        echo up >&3
        """
    }

    @Test func `a timeout ends the command and all that it started`() async throws {
        let fixture = Fixture(grace: .milliseconds(100))
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let outcome = await fixture.shell(Self.family(fifo) + "\nwait", timeout: 1)
        #expect(outcome.ended == .timedOut)
        #expect(outcome.message == "it did not end within 1s, and was ended")
        #expect(outcome.exitCode == nil)
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == nil)
    }

    @Test func `what a command leaves behind ends with it`() async throws {
        let fixture = Fixture()
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let outcome = await fixture.shell(Self.family(fifo) + "\nexit 0")
        #expect(outcome.ended == .succeeded)
        #expect(outcome.message == nil)
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == nil)
    }

    @Test func `cancelling ends the command and all that it started`() async throws {
        let fixture = Fixture(grace: .milliseconds(100))
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { await fixture.shell(Self.family(fifo) + "\nwait") }
            let line = try await reader.line()
            #expect(line == "up")
            group.cancelAll()
            let outcome = try #require(try await group.next())
            #expect(outcome.ended == .cancelled)
            #expect(outcome.message == "it was cancelled, and ended")
        }
        #expect(try await reader.line() == nil)
    }

    @Test func `what is cancelled before it starts is not started`() async throws {
        let fixture = Fixture()
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            group.cancelAll()
            group.addTask { await fixture.shell("echo started") }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == [Outcome(.cancelled, message: "it was cancelled before it was started")])
    }

    @Test func `a command that is ended may tidy up, within its grace`() async throws {
        let fixture = Fixture(grace: .seconds(60))
        let outcome = await fixture.shell("trap 'echo tidied; exit 0' TERM; sleep 1000 & wait", timeout: 1)
        #expect(outcome.ended == .timedOut)
        #expect(outcome.text == "tidied\n")
    }

    @Test func `what left the command's group may tidy up, too`() async throws {
        let fixture = Fixture(grace: .seconds(60))
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let outcome = await fixture.shell(
            """
            exec 3>'\(fifo.path)'
            setsid sh -c 'trap "echo tidied >&3; exit" TERM; echo up >&3; sleep 1000 & wait'
            """, timeout: 1)
        #expect(outcome.ended == .timedOut)
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == "tidied")
        #expect(try await reader.line() == nil)
    }

    @Test func `a command that is stopped can be ended`() async throws {
        let outcome = await Fixture(grace: .seconds(60)).shell("kill -STOP $$; exec sleep 1000", timeout: 1)
        #expect(outcome.ended == .timedOut)
    }

    @Test func `a command whose permit is not prolonged ends by itself`() async throws {
        let fixture = Fixture(grace: .milliseconds(100))
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        var outcome: Outcome
        // Once more where the machine was so busy that the permit was over before the command had begun.
        repeat {
            let permit = Permit(until: BootTime.reading() + .seconds(3))
            outcome = await fixture.run(Fixture.script(Self.family(fifo) + "\nwait"), permit: permit)
        } while outcome.ended == .released
        #expect(outcome.ended == .lost)
        #expect(outcome.message == "its lease was not renewed in time, and it was ended")
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == nil)
    }

    @Test func `nothing starts after its last start`() async throws {
        let fixture = Fixture()
        var context = fixture.context(.exec(Fixture.script("echo started")))
        context.startBy = BootTime.reading()
        let outcome = await Performer().perform(
            context, in: fixture.environment, permit: Permit(until: .distantFuture))
        #expect(
            outcome
                == Outcome(
                    .released, message: "its last start had passed, or its lease was over, and it was not started"))
    }

    @Test func `nothing starts once its permit is over`() async throws {
        let fixture = Fixture()
        let outcome = await fixture.run(Fixture.script("echo started"), permit: Permit(until: BootTime.reading()))
        #expect(outcome.ended == .released)
        #expect(outcome.output == nil)
    }

    @Test func `a command that kills its guard dies with it, and that is told`() async throws {
        let fixture = Fixture()
        let fifo = Fifo(in: fixture)
        let reader = fifo.open()
        let outcome = await fixture.shell(
            "exec 3>'\(fifo.path)'; echo up >&3; kill -9 $PPID; while :; do sleep 1000; done")
        #expect(outcome.ended == .failed)
        #expect(outcome.message == "its guard was killed; what it started may still be running")
        #expect(try await reader.line() == "up")
        #expect(try await reader.line() == nil)
    }

    @Test func `many commands at once keep apart`() async throws {
        let fixture = Fixture()
        await withTaskGroup(of: (Int64, Outcome).self) { group in
            for attempt in Int64(1)...40 {
                group.addTask {
                    let exec = Fixture.script("cat; echo $ROTA_ATTEMPT; ls /proc/self/fd | wc -l; exit \(attempt)")
                    let outcome = await Performer().perform(
                        fixture.context(.exec(exec), attempt: attempt), in: fixture.environment,
                        permit: Permit(until: .distantFuture))
                    return (attempt, outcome)
                }
            }
            for await (attempt, outcome) in group {
                #expect(outcome.exitCode == Int(attempt))
                #expect(outcome.text == "\(attempt)\n4\n")
            }
        }
    }
}
