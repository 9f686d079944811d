import Logging
import Postgres
import Schema

extension DatabaseOptions {
    /// Connections for a part that is there for long: whenever the database goes, it is waited for.
    ///
    /// - Throws: `CommandFailure` where the database cannot be reached now, or its schema is not this program's.
    func withLastingPool(size: Int, logger: Logger, _ body: (Pool) async throws -> Void) async throws {
        try await withPool(size: 1) { pool in
            try Self.require(try await Migrator(pool: pool).check())
        }
        let pool = Pool(lasting, size: size, waitsForServer: true)
        do {
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    /// With deadlines short enough for a part to notice a dead connection well before its leases run out.
    private var lasting: Configuration {
        var configuration = configuration()
        configuration.deadline = .seconds(8)
        configuration.connectDeadline = .seconds(8)
        // A scheduler that is stopped in the middle of a plan keeps the others from planning for so long.
        configuration.transactionPatience = .seconds(10)
        return configuration
    }
}
