import Glibc
import Model
import Recurrence
import Testing

@testable import Actions

@Suite struct ProgramTests {
    private func message(_ command: [String], allow: [String]? = nil) async -> String? {
        await Fixture(allow: allow).run(ExecAction(command: command, timeout: Span(seconds: 60))).message
    }

    /// Writes an executable file, and gives its path. Another process writes it: a guard that is just being started
    /// beside this test would hold a descriptor of ours for a moment, and no file that is being written can be run.
    private func file(_ text: String, in fixture: Fixture) async throws -> String {
        let path = "\(fixture.root)/program"
        let outcome = await fixture.shell(#"printf %s "$1" > "$2" && chmod 755 "$2""#, text, path)
        try #require(outcome.ended == .succeeded)
        return path
    }

    @Test func `a program is looked for on the search path, and the first one is it`() async throws {
        let fixture = Fixture()
        _ = try await file("#!/bin/sh\necho mine\n", in: fixture)
        var environment = fixture.environment
        environment.searchPath = ["/nonexistent", fixture.root] + ActionEnvironment.systemPath
        let context = fixture.context(.exec(ExecAction(command: ["program"], timeout: Span(seconds: 60))))
        let outcome = await Performer().perform(context, in: environment, permit: Permit(until: .distantFuture))
        #expect(outcome.text == "mine\n")
    }

    @Test func `what cannot be run is told`() async throws {
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        #expect(await message(["no-such-program"]) == "there is no program 'no-such-program' in \(path)")
        #expect(await message(["/no/such/program"]) == "there is no program '/no/such/program'")
        #expect(await message(["bin/x"]) == "'bin/x' is neither a bare name nor an absolute path")
        #expect(await message([".."]) == "there is no program '..' in \(path)")
        #expect(await message(["/usr/bin"]) == "'/usr/bin' is no file")
        #expect(await message(["/etc/passwd"]) == "'/etc/passwd' is not executable by this worker")
        #expect(await message([]) == "no program is named")
        #expect(await message([""]) == "no program is named")
        #expect(await message(["echo", "a\0b"]) == "argument 1 holds a NUL byte")
        #expect(
            await message(["echo", String(repeating: "x", count: 3_000_000)])
                == "it could not be started: its arguments and its environment are too long")
    }

    @Test func `a script that cannot be run is told`() async throws {
        let interpreter = Fixture()
        let script = try await file("#!/no/such/interpreter\n", in: interpreter)
        #expect(
            await message([script])
                == "it could not be started: \(script) names a program in its first line (#!) that is not there")
        let plain = Fixture()
        let text = try await file("echo hello\n", in: plain)
        #expect(
            await message([text]) == """
                it could not be started: \(text) is no program that this machine can run (a script begins with #!)
                """)
    }

    @Test func `a worker with a list runs what is on it, and nothing else`() async {
        #expect(await message(["true"], allow: ["true"]) == nil)
        #expect(await message(["/usr/bin/true"], allow: ["true"]) == nil)
        #expect(await message(["true"], allow: ["/usr/bin/true"]) == nil)
        #expect(await message(["true"], allow: []) == "this worker may not run 'true' (see --allow)")
        #expect(
            await message(["/usr/bin/../bin/true"], allow: ["true"])
                == "this worker may not run '/usr/bin/../bin/true' (see --allow)")
        let fixture = Fixture()
        do {
            let other = try await file("#!/bin/sh\n", in: fixture)
            #expect(
                await message([other], allow: ["program", "true"]) == "this worker may not run '\(other)' (see --allow)"
            )
        } catch {
            Issue.record(error)
        }
    }
}
