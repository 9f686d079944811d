import Postgres
import Recurrence
import TestSupport

extension Stage {
    /// Tables cannot grow, which the server survives.
    func fillDisk(_ chance: inout Chance) async throws -> Strike {
        let (refused, told) = try await withFullDisk(&chance, "select", untilTold: true)
        return Strike(landed: ["writes refused": refused, "parts that were told": told], over: WallClock.read())
    }

    /// The server's log cannot grow, which ends every session and then the server. Somebody makes room, and starts the
    /// server where it has gone.
    func fillLog(_ chance: inout Chance) async throws -> Strike {
        // Pieces of the log that are there already are used up.
        let (refused, _) = try await withFullDisk(&chance, "select pg_switch_wal()", untilTold: false)
        let panics = try ground.primary.log().split(separator: "PANIC: ").count - 1
        return Strike(landed: ["writes refused": refused, "panics of the server": panics], over: WallClock.read())
    }

    /// - Returns: how often a write was refused, and how many parts of Rota said that theirs was.
    private func withFullDisk(
        _ chance: inout Chance, _ before: String, untilTold: Bool
    ) async throws -> (refused: Int, told: Int) {
        guard let disk = ground.primary.disk else { throw TestSupportError("the server has no disk of its own") }
        try await reading.execute("create table ballast (x text)")
        try disk.fill()
        let begin = WallClock.read()
        let end = begin + .seconds(3) + chance.milliseconds(0...2000)
        let latest = begin + .seconds(10)
        var (refused, told) = (0, 0)
        while WallClock.read() < end || untilTold && told == 0 && WallClock.read() < latest {
            if try await isRefused(before) { refused += 1 }
            told = services.count { $0.log.lines.contains { $0.contains("53100") } }
            await pause(.milliseconds(100))
        }
        try disk.makeRoom()
        try await standUp()
        return (refused, told)
    }

    /// Whether a table cannot grow.
    private func isRefused(_ before: String) async throws -> Bool {
        do {
            let connection = try await Connection.connect(ground.primary.configuration())
            do {
                try await connection.execute(before)
                try await connection.execute("insert into ballast select repeat('x', 7000) from generate_series(1, 9)")
                await connection.close()
                return false
            } catch {
                await connection.close()
                throw error
            }
        } catch let error as PostgresError where error.isConnectionProblem || error.sqlState == "53100" {
            return true
        }
    }

    /// A server comes back from a panic by itself, but not where it fails once more in doing so.
    private func standUp() async throws {
        let isBack = try await become(within: .seconds(30)) {
            if try !ground.primary.isRunning() { try await ground.primary.start() }
            return try await !isRefused("select")
        }
        guard isBack else { throw DeadlinePassed("the server did not come back:\n\(try ground.primary.log())") }
    }
}
