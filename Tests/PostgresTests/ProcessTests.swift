import Glibc
import Testing

@testable import Postgres
@testable import TestSupport

/// What only a process of its own can show.
@Suite struct ProcessTests {
    @Test func `a throwaway server does not outlive its process, even if that is killed`() async throws {
        let note = try Scratch.path()
        await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
            let cluster = try await Cluster.start()
            try TextFile.append("\(cluster.keeperID)\n\(cluster.directory)\n\(try cluster.processID())", to: note)
            kill(getpid(), SIGKILL)
        }
        let lines = try TextFile.read(note).split(separator: "\n").map(String.init)
        remove(note)
        _ = try await offThread {
            try Command(words: ["timeout", "60", "tail", "--pid=\(lines[0])", "-s", "0.02", "-f", "/dev/null"]).run()
        }
        #expect(access(lines[1], F_OK) != 0, "its directory is still there")
        #expect(kill(try #require(pid_t(lines[2])), 0) != 0, "it still runs")
    }

    @Test(.timeLimit(.minutes(10))) func `what is closed leaves no descriptor and no thread behind`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let conninfo = database.conninfo
            await #expect(processExitsWith: .success) { [conninfo = conninfo as String] in
                let configuration = Configuration(conninfo)
                try await Usage.everything(configuration)
                let before = try await Usage.descriptorsWhenThreadsEnded()
                for _ in 1...20 { try await Usage.everything(configuration) }
                #expect(try await Usage.descriptorsWhenThreadsEnded() == before)
            }
        }
    }

    @Test func `keepalives and a limit for connecting are set, unless the user or a service file set others`()
        async throws
    {
        let file = try Scratch.path()
        try TextFile.append("[mine]\nhost=/nowhere\nkeepalives_idle=77\nconnect_timeout=9\n", to: file)
        await #expect(processExitsWith: .success) { [file = file as String] in
            setenv("PGSERVICEFILE", file, 1)
            unsetenv("PGCONNECT_TIMEOUT")
            let plain = try ConnectionSettings(Configuration("host=/nowhere keepalives_count=8")).byKeyword
            #expect(plain["keepalives_idle"] == "2")
            #expect(plain["keepalives_interval"] == "1")
            #expect(plain["keepalives_count"] == "8")
            #expect(plain["connect_timeout"] == "5")
            #expect(plain["client_encoding"] == "UTF8")
            let service = try ConnectionSettings(Configuration("service=mine")).byKeyword
            #expect(service["keepalives_idle"] == nil)
            #expect(service["connect_timeout"] == nil)
            #expect(service["keepalives_count"] == "3")
            setenv("PGCONNECT_TIMEOUT", "11", 1)
            #expect(try ConnectionSettings(Configuration("host=/nowhere")).byKeyword["connect_timeout"] == nil)
        }
        remove(file)
    }
}

extension ConnectionSettings {
    fileprivate var byKeyword: [String: String] {
        Dictionary(uniqueKeysWithValues: values.map { ($0.keyword, $0.value) })
    }
}
