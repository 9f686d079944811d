import Glibc
import Testing

@testable import rota

/// On real servers, each made anew: a second each.
@Suite struct EmbeddedPostgresTests {
    @Test func `what is kept in rota's own database is there when it starts again`() async throws {
        let bench = try ServerBench()
        let first = try await bench.start()
        let facts = try await bench.ask(
            first,
            """
            select concat_ws(' ', current_user, current_database(), current_setting('server_encoding'),
                current_setting('data_checksums'), '[' || current_setting('listen_addresses') || ']')
            """)
        #expect(facts == "rota rota UTF8 on []")
        try await bench.perform("create table kept as select 42 as answer", on: first)
        try await first.stop()
        let second = try await bench.start()
        #expect(try await bench.ask(second, "select answer::text from kept") == "42")
        #expect(second.conninfo == first.conninfo)
        try await second.stop()
    }

    @Test func `a second one on the same directory is refused, and says who has it`() async throws {
        let bench = try ServerBench()
        let server = try await bench.start()
        let refusal = await #expect(throws: EmbeddedPostgresError.self) { try await bench.start() }
        #expect(refusal?.what == "another `rota dev` (process \(getpid())) is using \(bench.directory)")
        try await server.stop()
    }

    @Test func `stopping it ends everything, twice does no harm, and it was told to end`() async throws {
        let bench = try ServerBench()
        let server = try await bench.start()
        let process = try bench.process()
        async let end: Void = server.waitForEnd()
        try await server.stop()
        try await server.stop()
        try await end
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    @Test func `a server that ends by itself is a failure that says what it said`() async throws {
        let bench = try ServerBench()
        let server = try await bench.start()
        kill(try bench.process(), SIGKILL)
        let failure = await #expect(throws: EmbeddedPostgresError.self) { try await server.waitForEnd() }
        #expect(failure?.what.hasPrefix("PostgreSQL ended by itself: ") == true)
        #expect(failure?.hint == "its whole log is \(bench.directory)/postgres.log")
        try await server.stop()
        let again = try await bench.start()
        try await again.stop()
    }

    @Test func `the marks of a server that is no more are no hindrance`() async throws {
        let bench = try ServerBench()
        try await bench.start().stop()
        // This process lives, and is no server: in a container a process id is soon another's.
        let mark = bench.directory + "/data/postmaster.pid"
        try "\(getpid())\n\(bench.directory)/data\n".write(toFile: mark, atomically: false, encoding: .utf8)
        try await bench.start().stop()
    }

    @Test(arguments: [#" quote's "\%$"#, "a,b", String(repeating: "long", count: 30)])
    func `a directory's name may be anything`(name: String) async throws {
        let bench = try ServerBench(name: name)
        let server = try await bench.start()
        #expect(try await bench.ask(server, "select 'here'::text") == "here")
        #expect(server.conninfo.allSatisfy { !" '\"\\".contains($0) })
        try await server.stop()
    }

    @Test func `something else in its place is left alone`() async throws {
        let bench = try ServerBench()
        mkdir(bench.directory + "/data", 0o755)
        try "mine".write(toFile: bench.directory + "/data/file", atomically: false, encoding: .utf8)
        let refusal = await #expect(throws: EmbeddedPostgresError.self) { try await bench.start() }
        #expect(refusal?.what == "\(bench.directory)/data holds something that is not a PostgreSQL cluster")
        #expect(Files.exists(bench.directory + "/data/file"))
    }

    @Test func `data of a version that is not here are not touched`() async throws {
        let bench = try ServerBench()
        mkdir(bench.directory + "/data", 0o755)
        try "9\n".write(toFile: bench.directory + "/data/PG_VERSION", atomically: false, encoding: .utf8)
        let refusal = await #expect(throws: EmbeddedPostgresError.self) { try await bench.start() }
        #expect(refusal?.what.contains("of version 9, which made the data") == true)
    }

    @Test func `a failure of the system's is told with its cause`() async throws {
        let bench = try ServerBench()
        try "".write(toFile: bench.directory + "/file", atomically: false, encoding: .utf8)
        let refusal = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedPostgres.start(dataDirectory: bench.directory + "/file/below") { _ in }
        }
        #expect(refusal?.hint == "give --data a directory that you may write to")
    }
}
