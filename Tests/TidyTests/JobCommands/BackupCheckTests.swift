import Foundation
import Testing

/// `Jobs/bin/backup-check`, on directories of its own.
@Suite struct BackupCheckTests {
    private let bench: Workbench
    /// The files' clock, not one that decides anything: the command compares with the machine's.
    private let now: Date
    private let content = Data(repeating: 7, count: 4000)

    init() throws {
        bench = try Workbench()
        let attributes = try FileManager.default.attributesOfItem(atPath: bench.directory.path)
        now = try #require(attributes[.modificationDate] as? Date)
    }

    private func check(_ more: String...) throws -> (exitCode: Int32, report: Report) {
        let arguments = ["--directory", bench.directory.path, "--max-age", "1d2h", "--min-size", "3K"] + more
        let tool = try Tool.run(["Jobs/bin/backup-check"] + arguments)
        return (tool.exitCode, try Report(tool))
    }

    private func writeSum(of name: String) throws {
        let sum = try Tool.run(["sha256sum", bench.directory.appending(path: name).path]).output
        try bench.write("\(name).sha256", Data(sum.utf8), from: now)
    }

    @Test func `a new, large and unchanged copy is good`() throws {
        try bench.write("old.tar", content, age: 500_000, from: now)
        try bench.write("new.tar", content, age: 3600, from: now)
        try writeSum(of: "new.tar")
        let (exitCode, report) = try check("--checksum", "required")
        #expect(exitCode == 0)
        #expect(report.result.file == "new.tar")
        #expect(report.result.checksum == "verified")
        #expect(report.findings.isEmpty)
    }

    @Test func `each thing that is wrong is a finding`() throws {
        try bench.write("a.tar", Data("small".utf8), age: 200_000, from: now)
        let (exitCode, report) = try check("--checksum", "required")
        #expect(exitCode == 1)
        #expect(report.keys == ["copy-old", "copy-small", "checksum-missing"])
        #expect(report.findings.allSatisfy { $0.severity == "critical" })
    }

    @Test func `a changed copy is found out`() throws {
        try bench.write("a.tar", content, from: now)
        try writeSum(of: "a.tar")
        try bench.write("a.tar", content + [1], from: now)
        #expect(try check().report.keys == ["checksum-wrong"])
    }

    @Test func `a copy from the future has no age`() throws {
        try bench.write("a.tar", content, age: -90_000, from: now)
        #expect(try check().report.keys == ["copy-future"])
    }

    @Test func `no copy and no directory are findings too`() throws {
        #expect(try check().report.keys == ["copy-missing"])
        let tool = try Tool.run([
            "Jobs/bin/backup-check", "--directory", "/no/such", "--max-age", "1h", "--min-size", "1",
        ])
        #expect(try Report(tool).keys == ["copy-missing"])
    }

    @Test(arguments: [
        "with space.tar", "quote\".tar", "back\\slash.tar", "line\nfeed.tar", "tab\t.tar", "é😀.tar", "-n", "$(date)`",
        "%s%n",
    ])
    func `any name is told as it is`(name: String) throws {
        try bench.write(name, content, from: now)
        try writeSum(of: name)
        let (exitCode, report) = try check("--checksum", "required")
        #expect(exitCode == 0)
        #expect(report.result.file == name)
    }

    @Test(arguments: [
        ["--max-age", "soon"], ["--min-size", "1X"], ["--checksum", "maybe"], ["--unknown", "1"], ["--directory"],
    ])
    func `a call that is wrong is refused`(words: [String]) throws {
        let good = ["Jobs/bin/backup-check", "--directory", "/", "--max-age", "1h", "--min-size", "1"]
        #expect(try Tool.run(good + words).exitCode == 2)
    }
}
