import Testing

@testable import rota

@Suite struct ChildCommandTests {
    @Test func `an exit code and a signal are told`() throws {
        #expect(try ChildCommand(["sh", "-c", "exit 3"]).run() == 3)
        #expect(try ChildCommand(["sh", "-c", "kill -TERM $$"]).run() == 143)
    }

    @Test func `the first line is all that is asked for`() {
        #expect(ChildCommand(["sh", "-c", "echo one; echo two"]).firstLine() == "one")
        #expect(ChildCommand(["sh", "-c", "echo one; exit 1"]).firstLine() == nil)
        #expect(ChildCommand(["no-such-program-here"]).firstLine() == nil)
    }

    @Test func `a child has none of this process's variables, and a session of its own`() {
        #expect(ChildCommand(["sh", "-c", "echo ${HOME:-none} $LC_ALL"]).firstLine() == "none C")
        #expect(ChildCommand(["sh", "-c", "[ $(ps -o sid= -p $$) -eq $$ ] && echo own"]).firstLine() == "own")
    }

    @Test func `a program that is not there is an error that names it`() {
        let failure = #expect(throws: EmbeddedPostgresError.self) { try ChildCommand(["no-such-program-here"]).run() }
        // Which error it is depends on whether every directory of the path may be read.
        #expect(failure?.what.hasPrefix("cannot start no-such-program-here: ") == true)
    }
}
