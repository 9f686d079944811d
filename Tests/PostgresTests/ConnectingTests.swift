import Postgres
import TestSupport
import Testing

@Suite struct ConnectingTests {
    @Test func `a server that is not there is one line and a way to mend it`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await Connection.connect(Configuration("host=/nowhere dbname=postgres"))
        }
        #expect(error?.kind == .cannotConnect)
        #expect(
            error?.description == """
                connect: connection to server on socket "/nowhere/.s.PGSQL.5432" failed: No such file or directory
                  is PostgreSQL running there? start it, or name another server with host= and port=
                """)
    }

    @Test func `a database that is not there is told by its name`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        let error = await #expect(throws: PostgresError.self) {
            try await Connection.connect(cluster.configuration(database: "nosuch"))
        }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.cause.contains("\"nosuch\" does not exist") == true)
        #expect(error?.hint == "create it, or name another with dbname= and user=")
    }

    @Test func `a string that is not understood does not tell its password`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await Connection.connect(Configuration("host=h password=s3cret word"))
        }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.description.contains("s3cret") == false)
        #expect(error?.description.contains("word") == false)
    }

    @Test func `the first of several hosts that answers is taken`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        let hosts = "host=/nowhere,\(cluster.directory) port=5432 user=postgres dbname=postgres"
        let connection = try await Connection.connect(Configuration(hosts + " target_session_attrs=read-write"))
        #expect(try await connection.query("select 1").count == 1)
        await connection.close()
    }

    @Test func `where the first of several hosts hangs up the next is tried`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        let (first, second) = (try HangUpServer(), try HangUpServer())
        let hosts = "host=127.0.0.1,127.0.0.1,\(cluster.directory) port=\(first.port),\(second.port),5432"
        let connection = try await Connection.connect(Configuration(hosts + " user=postgres dbname=postgres"))
        #expect(try await connection.query("select 1").count == 1)
        await connection.close()

        let none = "host=127.0.0.1,127.0.0.1 port=\(first.port),\(second.port) user=postgres dbname=postgres"
        let error = await #expect(throws: PostgresError.self) { try await Connection.connect(Configuration(none)) }
        #expect(error?.kind == .cannotConnect)
        for port in [first.port, second.port] { #expect(error?.cause.contains("port \(port) failed") == true) }
        first.close()
        second.close()
    }

    @Test func `a URI and overrides are understood`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        let directory = cluster.directory.split(separator: "/").map { "%2F\($0)" }.joined()
        let configuration = Configuration(
            "postgresql://postgres@\(directory)/template1", applicationName: "tests",
            overrides: ["dbname": "postgres", "options": "-c work_mem=1234kB"])
        let connection = try await Connection.connect(configuration)
        let row = try await connection.query(
            "select current_database()::text, current_setting('application_name'), current_setting('work_mem')"
        ).only()
        #expect(try row.get(0, as: String.self) == "postgres")
        #expect(try row.get(1, as: String.self) == "tests")
        #expect(try row.get(2, as: String.self) == "1234kB")
        #expect(await connection.serverVersion >= 150_000)
        await connection.close()
    }

    @Test func `a server that takes the connection and stays silent is given up`() async throws {
        let silent = try SilentServer()
        var configuration = Configuration("host=127.0.0.1 port=\(silent.port) user=x dbname=x connect_timeout=60")
        configuration.connectDeadline = .milliseconds(100)
        let error = await #expect(throws: PostgresError.self) { try await Connection.connect(configuration) }
        #expect(error?.kind == .cannotConnect)
        silent.close()
    }

    @Test func `connecting ends with its task`() async throws {
        let silent = try SilentServer()
        let configuration = Configuration("host=127.0.0.1 port=\(silent.port) user=x dbname=x connect_timeout=60")
        let kind = try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
            group.addTask {
                do {
                    _ = try await Connection.connect(configuration)
                    return nil
                } catch {
                    return (error as? PostgresError)?.kind
                }
            }
            try await silent.untilSomebodyConnects()
            group.cancelAll()
            return try await group.next() ?? nil
        }
        #expect(kind == .cancelled)
        silent.close()
    }
}
