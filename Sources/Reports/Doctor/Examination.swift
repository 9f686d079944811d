import Recurrence
import Store

/// Looks at an installation, and says of each thing how it is and how to mend it. It changes nothing, and what the login
/// may not see is said instead of left out.
public struct Examination: Sendable {
    /// How much of what was kept is hashed again, unless all is asked for.
    static let newestOutputs = 1000
    static let newestEvidence = 100
    /// What waits for longer is not just about to be looked at.
    static let patience: Duration = .seconds(120)
    /// Questions for the time, of whose answers the middle one counts.
    private static let clockQuestions = 5
    /// How long history is kept where no scheduler ever said so.
    private static let usualHistory: Duration = .seconds(400 * 86_400)

    private let store: Store
    private let libpq: Int32
    private let isDeep: Bool
    private let machineClock: @Sendable () -> Instant

    /// - Parameters:
    ///   - libpq: the client library's version as a number: 150018 is 15.18.
    ///   - isDeep: whether all that was kept is hashed again, and not the newest alone.
    ///   - machineClock: reads this machine's own clock.
    public init(store: Store, libpq: Int32, isDeep: Bool, machineClock: @escaping @Sendable () -> Instant) {
        self.store = store
        self.libpq = libpq
        self.isDeep = isDeep
        self.machineClock = machineClock
    }

    /// What can be looked at in any database, with or without Rota in it.
    ///
    /// - Throws: where the server cannot be reached, or is lost meanwhile.
    public func server() async throws -> [Check] {
        let server = try await store.serverHealth()
        var checks: [Check] = [
            .connection(server), .server(server, libpq: libpq), .encoding(server), .writable(server),
            .durability(server),
        ]
        checks += try await look("replication") { [.replication(server, try await store.standbys())] }
        checks += [.wraparound(server), .connections(server)]
        return checks
    }

    /// What can be looked at where the schema is this program's.
    ///
    /// - Throws: where the server is lost meanwhile.
    public func schema() async throws -> [Check] {
        let parts: [(String, () async throws -> [Check])] = [
            ("clock", clock), ("roles", { Check.roles(try await store.roleHealth()) }),
            ("snapshots", snapshots), ("deadRows", tables), ("months", months), ("schedulers", schedulers),
            ("workers", workers), ("queues", queues), ("leases", leases), ("planning", planning),
            ("trouble", { [.trouble(try await store.troubled())] }),
            ("acts", { [.acts(try await store.hashActs())] }), ("outputs", outputs), ("evidence", evidence),
            ("timeZones", zones),
        ]
        var checks: [Check] = []
        for (name, part) in parts { checks += try await look(name, part) }
        return checks
    }

    private func look(_ name: String, _ body: () async throws -> [Check]) async throws -> [Check] {
        do {
            return try await body()
        } catch {
            if Store.isUnreachable(error) || Task.isCancelled { throw error }
            if Store.isForbidden(error) {
                return [
                    Check(
                        name, .warn, "this login may not see it: \(Store.cause(of: error))",
                        mend: "ask with a login in rota_viewer or rota_admin")
                ]
            }
            return [Check(name, .fail, "it could not be looked at: \(Store.cause(of: error))")]
        }
    }

    private func clock() async throws -> [Check] {
        // The first question may open a connection.
        _ = try await store.now()
        var readings: [Check.ClockReading] = []
        for _ in 0..<Self.clockQuestions {
            let asked = machineClock()
            let told = try await store.now()
            readings.append(Check.ClockReading(asked: asked, told: told, answered: machineClock()))
        }
        return [.clock(readings)]
    }

    private func snapshots() async throws -> [Check] {
        Check.snapshots(try await store.snapshotHolders(), now: try await store.now())
    }

    private func tables() async throws -> [Check] {
        let tables = try await store.tableHealth()
        return [.deadRows(tables), .autovacuum(try await store.serverHealth(), tables)]
    }

    private func months() async throws -> [Check] {
        // Whoever keeps it longest has the say: the others' months go when his have gone.
        let now = try await store.now()
        let kept = try await store.schedulers().filter { now - $0.seenAt < .seconds(86_400) }.map(\.profile.history)
        return Check.months(try await store.monthHealth(history: kept.max() ?? Self.usualHistory))
    }

    private func schedulers() async throws -> [Check] {
        [.schedulers(try await store.schedulers(), now: try await store.now())]
    }

    private func workers() async throws -> [Check] {
        Check.workers(try await store.workers(), now: try await store.now())
    }

    private func queues() async throws -> [Check] {
        let now = try await store.now()
        return Check.queues(try await store.waitingWork(now: now), try await store.queueWatch(), now: now)
    }

    private func leases() async throws -> [Check] {
        [.leases(try await store.expiredLeases(before: try await store.now() - Self.patience))]
    }

    private func planning() async throws -> [Check] {
        [.planning(try await store.unlookedAt(before: try await store.now() - Self.patience))]
    }

    private func outputs() async throws -> [Check] {
        [.outputs(try await store.hashOutputs(most: isDeep ? nil : Self.newestOutputs), isDeep: isDeep)]
    }

    private func evidence() async throws -> [Check] {
        [.evidence(try await store.hashEvidence(most: isDeep ? nil : Self.newestEvidence), isDeep: isDeep)]
    }

    private func zones() async throws -> [Check] {
        var problems: [String] = []
        let used = try await store.clientZones()
        for (zone, client) in used {
            do throws(ZoneError) {
                _ = try Zone.named(zone)
            } catch {
                problems.append("\(error.message) (client \(client))")
            }
        }
        return [
            .zones(version: Zone.dataVersion, used: used.count, problems: problems, now: try await store.now())
        ]
    }
}
