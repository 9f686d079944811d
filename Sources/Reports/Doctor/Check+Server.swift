import Recurrence
import Store

// What a server and a session with it say of themselves.
extension Check {
    static func connection(_ server: ServerHealth) -> Check {
        let place = server.address.map { "at \($0)" } ?? "over a unix socket"
        let through = server.isPooled ? ", through a pooler: services hear nothing, and look by themselves" : ""
        let seen = "database \(server.database) as \(server.user), \(place)\(through)"
        if let tls = server.tls { return Check("connection", .ok, "\(seen), with \(tls)") }
        guard let address = server.address, !isLoopback(address) else { return Check("connection", .ok, seen) }
        return Check(
            "connection", .warn, "\(seen), without TLS",
            mend: "everybody on the way can read and change it: add sslmode=verify-full to the database's address")
    }

    private static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") || address == "::1" }

    /// - Parameter libpq: the client library's version as a number: 150018 is 15.18.
    static func server(_ server: ServerHealth, libpq: Int32) -> Check {
        let seen = "PostgreSQL \(server.version), libpq \(libpq / 10_000).\(libpq % 10_000)"
        if server.versionNumber < 150_000 {
            return Check("server", .fail, seen, mend: "Rota needs PostgreSQL 15 or later: upgrade the server")
        }
        if libpq < 140_000 {
            return Check("server", .fail, seen, mend: "Rota needs libpq 14 or later: upgrade it on this machine")
        }
        return Check("server", .ok, seen)
    }

    static func encoding(_ server: ServerHealth) -> Check {
        server.encoding == "UTF8"
            ? Check("encoding", .ok, server.encoding)
            : Check(
                "encoding", .fail, "the database keeps text as \(server.encoding)",
                mend: "make another one with: create database rota template template0 encoding 'UTF8'")
    }

    static func writable(_ server: ServerHealth) -> Check {
        if server.isStandby {
            return Check(
                "writable", .fail, "the server is a standby, which takes no writes",
                mend: "name the primary, or all servers with target_session_attrs=read-write")
        }
        if server.isReadOnly {
            return Check(
                "writable", .fail, "transactions are read-only: default_transaction_read_only is on",
                mend: "turn it off for this login and database; a full disk is often why somebody turned it on")
        }
        return Check("writable", .ok, "the server takes writes")
    }

    static func durability(_ server: ServerHealth) -> Check {
        let off = [("fsync", server.fsync), ("full_page_writes", server.fullPageWrites)].filter { !$0.1 }.map(\.0)
        guard !off.isEmpty else { return Check("durability", .ok, "fsync and full_page_writes are on") }
        return Check(
            "durability", .fail,
            "\(off.joined(separator: " and ")) off: after a crash of the machine the database may be broken",
            mend: "turn it on in postgresql.conf and reload the server")
    }

    static func autovacuum(_ server: ServerHealth, _ tables: [TableHealth]) -> Check {
        let off = [("autovacuum", server.autovacuum), ("track_counts", server.trackCounts)].filter { !$0.1 }.map(\.0)
        if !off.isEmpty {
            return Check(
                "autovacuum", .fail, "\(off.joined(separator: " and ")) off: tables only grow",
                mend: "turn it on in postgresql.conf and reload the server")
        }
        let leftOut = tables.filter(\.isLeftOut).map(\.name)
        guard leftOut.isEmpty else {
            return Check(
                "autovacuum", .warn, "it is off for \(listed(leftOut))",
                mend: "run: alter table rota.\(leftOut[0]) reset (autovacuum_enabled)")
        }
        return Check("autovacuum", .ok, "it is on")
    }

    /// At an age of about 2.1 billion the server takes no more writes; at `autovacuum_freeze_max_age` it begins to freeze
    /// whatever else goes on.
    static func wraparound(_ server: ServerHealth) -> Check {
        let seen = "the oldest rows were frozen \(server.transactionAge) transactions ago"
        let mend =
            "look for what keeps rows from being frozen (the check 'snapshots'), then run: vacuumdb --freeze "
            + server.database
        if server.transactionAge > 1_500_000_000 { return Check("wraparound", .fail, seen, mend: mend) }
        if server.transactionAge > max(2 * server.freezeAge, 400_000_000) {
            return Check("wraparound", .warn, "\(seen), although that begins at \(server.freezeAge)", mend: mend)
        }
        return Check("wraparound", .ok, seen)
    }

    static func connections(_ server: ServerHealth) -> Check {
        let open = Int64(server.maxConnections - server.reservedConnections)
        let seen = "\(server.connections) of \(open) are in use"
        let mend = "raise max_connections, or put pgbouncer before commands and workers"
        if server.connections * 100 >= open * 95 { return Check("connections", .fail, seen, mend: mend) }
        return server.connections * 100 >= open * 80
            ? Check("connections", .warn, seen, mend: mend) : Check("connections", .ok, seen)
    }
}
