import FaultRig
import Glibc
import Testing

@testable import TestSupport

/// `rota forecast -f`, as a process without a database.
@Suite struct ForecastTests {
    private static let manifest = """
        kind: Client
        name: acme
        timezone: Europe/London
        ---
        kind: Asset
        name: acme-1
        client: acme
        is: server
        ---
        kind: Job
        name: check
        schedule: {cron: "0 2 * * *"}
        targets: {is: server}
        action: {exec: {command: [check], timeout: 5m}}

        """

    private func forecast(_ words: [String], manifest: String = manifest) throws -> Command.Ending {
        var template = Array("/tmp/rota-forecast-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestSupportError("no directory: error \(errno)") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer {
            unlink("\(directory)/a.yaml")
            rmdir(directory)
        }
        try File.write(manifest, to: "\(directory)/a.yaml", mode: 0o644)
        let rota = try RotaProgram.path()
        return try Command(words: [rota, "forecast", "-f", "\(directory)/a.yaml"] + words).runToEnd()
    }

    @Test func `it is told from manifests alone, in a line a day`() throws {
        let ending = try forecast(["--from", "2026-11-21T00:00:00Z", "--days", "2"])
        #expect(ending.status == 0)
        #expect(
            ending.output == """
                2026-11-21 00:00:00Z to 2026-11-23 00:00:00Z: 2 runs of 1 job for 1 client, 10m of work

                DAY             RUNS  WORK  00    06    12    18      BUSIEST HOUR
                Sat 2026-11-21     1    5m  ··█·····················  Sat 2026-11-21 02:00 (1)
                Sun 2026-11-22     1    5m  ··█·····················  Sun 2026-11-22 02:00 (1)

                QUEUE    RUNS  WORK  MOST AT ONCE  FIRST AT
                default     2   10m             1  2026-11-21 02:00:00Z

                Nothing stands in the way.

                """)
    }

    @Test func `its JSON tells each start`() throws {
        let ending = try forecast(["--from", "2026-11-21T00:00:00Z", "--days", "1", "--duration", "90s", "-o", "json"])
        #expect(ending.status == 0)
        let start =
            #"{"client":"acme","job":"check","asset":"acme-1","due":"2026-11-21T02:00:00Z","#
            + #""startsAt":"2026-11-21T02:00:00Z","endsAt":"2026-11-21T02:01:30Z","ring":0}"#
        #expect(ending.output.contains(start))
    }

    @Test func `manifests with mistakes are told, and nothing is foretold`() throws {
        let ending = try forecast([], manifest: Self.manifest + "windw: x\n")
        #expect(ending.status == 1)
        #expect(ending.output.contains("unknown key 'windw'"))
    }

    @Test(arguments: [["--days", "0"], ["--days", "401"], ["--duration", "0s"], ["-o", "pdf"]])
    func `words that are out of bounds end with 2`(_ words: [String]) throws {
        #expect(try forecast(words).status == 2)
    }
}
