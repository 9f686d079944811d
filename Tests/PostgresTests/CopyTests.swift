import Postgres
import TestSupport
import Testing

@Suite struct CopyTests {
    private let copy: Statement = "copy things (n, word) from stdin"

    @Test func `many rows go in at once, in pieces of any size`() async throws {
        try await withThings { connection in
            let text = Array((1...20_000).map { "\($0)\tword \($0)\n" }.joined().utf8)
            let pieces = stride(from: 0, to: text.count, by: 777).map { Array(text[$0..<min($0 + 777, text.count)]) }
            let taken = try await connection.copy(copy, pieces)
            let count: Int = try await connection.value("select count(*) from things where word = 'word ' || n")
            #expect((taken, count) == (20_000, 20_000))
        }
    }

    @Test func `one bad row refuses all, and the connection goes on`() async throws {
        try await withThings { connection in
            let good = Array("1\tone\n".utf8)
            let error = await failure {
                try await connection.copy(copy, [good, Array("x\ttwo\n".utf8)] + Array(repeating: good, count: 50_000))
            }
            #expect(error?.sqlState == "22P02")
            let isEmpty = try await connection.query("select * from things").isEmpty
            #expect(isEmpty)
        }
    }

    @Test func `what is no copy from here is refused`() async throws {
        try await withThings { connection in
            let select = await failure { try await connection.copy("select 1", []) }
            let stays = try await connection.answers()
            #expect(select?.kind == .usage)
            #expect(stays)
            let query = await failure { try await connection.query(copy) }
            #expect(query?.kind == .usage)
        }
    }

    @Test func `copying out is refused, not waited for`() async throws {
        try await withThings { connection in
            let error = await failure { try await connection.query("copy things to stdout") }
            #expect(error?.kind == .usage)
            #expect(error?.cause == "COPY needs copy(), and COPY … TO STDOUT is not supported")
        }
    }

    private func withThings(_ body: @Sendable (Connection) async throws -> Void) async throws {
        try await withConnection { connection in
            try await connection.execute("create table things (n int, word text)")
            try await body(connection)
        }
    }
}
