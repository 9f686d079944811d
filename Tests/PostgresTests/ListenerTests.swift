import Postgres
import TestSupport
import Testing

@Suite struct ListenerTests {
    @Test func `a notification is heard with its channel and payload`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let sender = try await database.connect()
            var events = Listener(database.configuration).notifications(channels: ["plain", "Od\"d name"])
                .makeAsyncIterator()
            #expect(await events.next() == .connected)
            _ = try await sender.query("select pg_notify($1, $2)", ["plain", "one"])
            _ = try await sender.query("select pg_notify($1, $2)", ["Od\"d name", "two"])
            _ = try await sender.query("select pg_notify($1, $2)", ["elsewhere", "not for us"])
            _ = try await sender.query("select pg_notify($1, $2)", ["plain", ""])
            #expect(await events.next() == .notification(channel: "plain", payload: "one"))
            #expect(await events.next() == .notification(channel: "Od\"d name", payload: "two"))
            #expect(await events.next() == .notification(channel: "plain", payload: ""))
            await sender.close()
        }
    }

    @Test func `a listener whose connection was ended says so, comes back, and hears again`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let sender = try await database.connect()
            var events = Listener(database.configuration).notifications(channels: ["words"]).makeAsyncIterator()
            #expect(await events.next() == .connected)
            for _ in 1...3 {
                _ = try await sender.query(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """)
                guard case .disconnected(let error) = await events.next() else {
                    Issue.record("the loss was not told")
                    return
                }
                #expect(error.kind == .connectionLost)
                #expect(error.sqlState == "57P01")
                #expect(await events.next() == .connected)
                _ = try await sender.query("select pg_notify('words', 'again')")
                #expect(await events.next() == .notification(channel: "words", payload: "again"))
            }
            await sender.close()
        }
    }

    @Test func `a listener waits for a server that is not there yet, and outlives its restart`() async throws {
        let cluster = try await Cluster.start()
        try await cluster.stop()
        var events = Listener(cluster.configuration()).notifications(channels: ["words"]).makeAsyncIterator()
        guard case .disconnected(let error) = await events.next() else {
            Issue.record("the server's absence was not told")
            return
        }
        #expect(error.kind == .cannotConnect)
        try await cluster.start()
        #expect(await events.next() == .connected)
        try await cluster.restart()
        guard case .disconnected = await events.next() else {
            Issue.record("the restart was not told")
            return
        }
        #expect(await events.next() == .connected)
    }

    @Test func `the sequence ends with its task`() async throws {
        try await TestCluster.shared.withDatabase { database in
            let sender = try await database.connect()
            await withTaskGroup(of: Int.self) { group in
                let (stream, started) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    var count = 0
                    for await _ in Listener(database.configuration).notifications(channels: ["words"]) {
                        count += 1
                        started.finish()
                    }
                    return count
                }
                for await _ in stream {}
                group.cancelAll()
                #expect(await group.next() == 1)
            }
            try await untilTrue(
                "select count(*) = 1 from pg_stat_activity where datname = current_database()", [], sender)
            await sender.close()
        }
    }
}
