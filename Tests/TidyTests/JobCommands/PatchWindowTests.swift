import Foundation
import Testing

/// `Jobs/bin/patch-window`, with stand-ins for the package managers that answer as these do.
@Suite struct PatchWindowTests {
    private let bench: Workbench

    /// A path with the tools that the command uses, and no package manager but the stand-in.
    init() throws {
        bench = try Workbench()
        for tool in ["awk", "sed", "grep", "sh", "dirname", "mktemp", "wc", "tr", "cat", "rm", "find"] {
            let place = try Tool.run(["sh", "-c", "command -v \(tool)"]).output.split(separator: "\n")
            try FileManager.default.createSymbolicLink(
                atPath: bench.directory.appending(path: tool).path,
                withDestinationPath: String(try #require(place.first)))
        }
    }

    private func run(_ words: String...) throws -> (tool: Tool, report: Report) {
        let command = Repository.root.appending(path: "Jobs/bin/patch-window").path
        let tool = try Tool.run([command] + words, environment: ["PATH": bench.directory.path])
        return (tool, try Report(tool))
    }

    /// apt's answer, and a note of each call.
    private func standForApt() throws {
        try bench.stand(
            in: "apt-get",
            """
            echo "$*" >>'\(bench.directory.path)/calls'
            case "$*" in
            *-s*)
                echo 'Inst openssl [3.0.1-1] (3.0.2-1 Debian-Security:12/stable-security [amd64])'
                echo 'Inst vim [9.0-1] (9.0-2 Debian:12.1/stable [amd64]) []'
                echo 'Conf vim (9.0-2 Debian:12.1/stable [amd64])'
                ;;
            esac
            """)
    }

    private func calls() throws -> [Substring] {
        let file = bench.directory.appending(path: "calls").path
        return String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
            .split(separator: "\n")
    }

    @Test func `it lists and installs nothing`() throws {
        try standForApt()
        let (tool, report) = try run()
        #expect(tool.exitCode == 0)
        #expect(report.result.pending == 2 && report.result.security == 1 && report.result.installed == 0)
        #expect(report.findings.first?.key == "security-updates")
        #expect(report.findings.first?.text == "security updates pending: 1 (openssl)")
        // -s: apt only says what it would do.
        #expect(try calls().allSatisfy { $0.contains(" -s ") })
    }

    @Test func `it installs when it is told to`() throws {
        try standForApt()
        _ = try run("--install")
        #expect(try calls().contains { $0.contains("upgrade") && !$0.contains(" -s ") })
    }

    @Test func `it refreshes when it is told to`() throws {
        try standForApt()
        _ = try run("--refresh")
        #expect(try calls().first == "-q update")
    }

    @Test func `dnf's exit code 100 says that there are updates`() throws {
        try bench.stand(
            in: "dnf",
            """
            echo
            echo 'openssl.x86_64    1:3.2.1-1.fc40    updates'
            case "$*" in
            *--security*) ;;
            *)
                echo 'vim.x86_64    9.1-1.fc40    updates'
                echo 'Obsoleting Packages'
                echo 'old.x86_64    1-1.fc40    updates'
                ;;
            esac
            exit 100
            """)
        let (_, report) = try run()
        #expect(report.result.manager == "dnf" && report.result.pending == 2 && report.result.security == 1)
    }

    @Test func `zypper's table is read`() throws {
        try bench.stand(
            in: "zypper",
            """
            echo 'S | Repository | Name | Current Version | Available Version | Arch'
            echo '--+------------+------+-----------------+-------------------+-------'
            echo 'v | Main       | bash | 5.1-1           | 5.2-2             | x86_64'
            """)
        let (tool, report) = try run()
        #expect(report.result.pending == 1 && report.result.security == nil)
        #expect(tool.output.contains("bash 5.2-2"))
    }

    @Test func `pacman says that there is nothing by failing`() throws {
        try bench.stand(in: "pacman", "exit 1")
        let (tool, report) = try run()
        #expect(tool.exitCode == 0 && report.result.pending == 0 && report.findings.isEmpty)
    }

    @Test func `apk's names are told from their versions`() throws {
        try bench.stand(in: "apk", "echo 'lib-foo2-1.2.3-r11         < 1.2.4-r0'")
        #expect(try run().report.findings.first?.text == "updates pending: 1 (lib-foo2)")
    }

    @Test func `what cannot be told is a failure, and says so`() throws {
        try bench.stand(in: "dnf", "echo 'no cache' >&2; exit 1")
        let (tool, report) = try run()
        #expect(tool.exitCode == 1)
        #expect(report.keys == ["list-failed"] && report.result.pending == nil)
    }

    @Test func `no package manager is a failure too`() throws {
        let (tool, report) = try run()
        #expect(tool.exitCode == 1)
        #expect(report.keys == ["no-manager"] && report.result.manager == nil)
    }
}
