import Glibc
import Recurrence
import TestSupport

extension Stage {
    /// So long the server waits for a service in the middle of a transaction.
    private static let patience = Duration.seconds(10)

    /// What it has locked nobody else plans, until the server ends its session. The fault is over then, and before it goes on.
    func stopScheduler(_ chance: inout Chance) async throws -> Strike {
        let victim = chance.pick(running("scheduler-"))
        let held = try await stopInTransaction(victim)
        await pause(Self.patience)
        let over = WallClock.read()
        await pause(.seconds(4) + chance.milliseconds(0...1000))
        victim.send(SIGCONT)
        return Strike(landed: ["transactions that stood still": held], over: over)
    }

    /// - Returns: how many of its transactions stand still with it.
    private func stopInTransaction(_ victim: ServiceProcess) async throws -> Int {
        let limit = WallClock.read() + .seconds(60)
        while WallClock.read() < limit {
            victim.send(SIGSTOP)
            // What it had sent is done by then.
            await pause(.milliseconds(30))
            let held = try await reading.idleTransactions()
            // One of the other's goes on meanwhile.
            await pause(.milliseconds(held.isEmpty ? 1 : 500))
            let still = Set(held).intersection(try await reading.idleTransactions())
            if !still.isEmpty { return still.count }
            victim.send(SIGCONT)
            await pause(.milliseconds(37))
        }
        throw TestSupportError("no transaction of \(victim.name) was met")
    }
}
