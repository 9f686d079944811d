import Model
import Postgres
import Recurrence
import Testing

@testable import Store

/// No statement that is run all day reads a whole big table, whatever plan its session has come to.
struct GenericPlanTests {
    @Test func `what workers ask reads only what it answers`() async throws {
        try await FullTables.with { tables in try await expectWorkersReadLittle(tables) }
    }

    @Test func `what sessions planned while there was nothing serves them when there is much`() async throws {
        try await FullTables.with { tables in
            let tour = try await register("tour", clients: nil, tables)
            try await tables.database.advance(by: .seconds(86_400))
            try await wakeFive(tables)
            _ = try await tables.store.planAssignments(most: 50)
            let desk = WorkDesk(worker: tour)
            let leases = try await turn(tables.store, desk)
            #expect(leases.count > 0)
            let next = try await turn(tables.store, desk, ending: leases)
            _ = try await tables.store.renew(worker: tour, attempts: next.map(\.attempt), length: .seconds(30))
            _ = try await tables.store.release(worker: tour, attempts: next.prefix(10).map(\.attempt))
            try await tables.database.advance(by: .seconds(60))
            _ = try await tables.store.endLostLeases(grace: .seconds(5))
            _ = try await tables.store.requestRuns(job: "job-3", client: "client-3", asset: nil, actor: "ann")
            _ = try await (tables.store.tasks(RunFilter(), assignee: nil), tables.store.queueWatch())
        } _: { tables in
            try await expectWorkersReadLittle(tables)
            let read = try await tables.readsTooMuch { _ = try await $0.planAssignments(most: 5) }
            #expect(read == [], "planning five assignments")
        }
    }

    private func wakeFive(_ tables: FullTables) async throws {
        try await tables.database.execute(
            "update rota.assignment set wake_at = rota.now(), planned_through = rota.now() - interval '1 day' "
                + "where client_id = 5 and job_id in (1, 2, 3, 4, 5)")
    }

    private func expectWorkersReadLittle(_ tables: FullTables) async throws {
        let everywhere = try await register("all", clients: nil, tables)
        let bound = try await register("bound", clients: ["client-7"], tables)
        let desk = WorkDesk(worker: everywhere)
        var leases: [Lease] = []
        func law(_ name: String, _ body: (Store) async throws -> Void) async throws {
            let read = try await tables.readsTooMuch(body)
            #expect(read == [], "\(name)")
        }
        try await law("the first lease") { leases = try await turn($0, desk) }
        try await law("finishing, and the next lease") { leases = try await turn($0, desk, ending: leases) }
        try await law("renewing") {
            _ = try await $0.renew(worker: everywhere, attempts: leases.map(\.attempt), length: .seconds(30))
        }
        try await law("handing back") {
            _ = try await $0.release(worker: everywhere, attempts: leases.prefix(50).map(\.attempt))
        }
        try await law("a lease from the beginning") { store in
            desk.lookFromTheBeginning()
            leases += try await turn(store, desk)
        }
        try await law("a lease of one that is bound to a client") {
            let taken = try await turn($0, WorkDesk(worker: bound))
            #expect(taken.count == 200)
        }
        // What was put aside for later becomes due, more than is looked for at once.
        try await tables.database.advance(by: .seconds(86_401))
        try await law("a lease when much has become due") { _ = try await turn($0, desk) }
        try await law("ending lost leases") {
            let lost = try await $0.endLostLeases(grace: .seconds(5))
            #expect(lost.count >= 500)
        }
        try await law("the first lease of another") {
            _ = try await turn($0, WorkDesk(worker: everywhere))
        }
    }

    @Test func `planning, the acts of people, and every statement by itself, read only what they are about`()
        async throws
    {
        try await FullTables.with { tables in
            try await expectGenericPlans(tables)
            func law(_ name: String, _ body: (Store) async throws -> Void) async throws {
                let read = try await tables.readsTooMuch(body)
                #expect(read == [], "\(name)")
            }
            try await law("looking for what is to be planned, in vain") {
                let pass = try await $0.planAssignments(most: 50)
                #expect(pass.assignments == 0)
                _ = try await $0.nextWake()
            }
            try await wakeFive(tables)
            try await law("planning five assignments with a hundred open runs each") {
                let pass = try await $0.planAssignments(most: 50)
                #expect(pass.assignments == 5 && pass.troubles.isEmpty)
            }
            try await law("asking for runs") {
                _ = try await $0.requestRuns(job: "job-3", client: "client-3", asset: nil, actor: "ann")
            }
            for place in ["ready", "held", "done"] {
                let run: Int64 = try await tables.database.pool.query(
                    Statement("select max(run_id) from rota.\(place)")
                ).only().get(0)
                try await law("cancelling what is \(place)") {
                    _ = try await $0.cancel(run: run, reason: "flood", actor: "ann")
                }
                try await law("why, of what is \(place)") { _ = try await $0.run(run) }
                try await law("what follows, of what is \(place)") {
                    _ = try await $0.successors(of: [run], now: try await $0.now())
                }
            }
            try await law("pausing and resuming a job") {
                _ = try await $0.pause(job: "job-9", reason: "flood", until: nil, actor: "ann")
                _ = try await $0.resume(job: "job-9", actor: "ann")
            }
            try await law("what waits for people") { _ = try await $0.tasks(RunFilter(), assignee: nil) }
            try await law("who is there, and holds snapshots") {
                _ = try await ($0.workers(), $0.schedulers(), $0.snapshotHolders(), $0.queueWatch())
            }
        }
    }

    /// Each statement of the room by its generic plan: also those that are seldom run.
    private func expectGenericPlans(_ tables: FullTables) async throws {
        let big = try await FullTables.bigTables(tables.pool)
        try await tables.pool.withConnection { connection in
            for (number, statement) in Store.statements.enumerated() {
                let plan = try await Self.plan(of: statement, named: "law_\(number)", on: connection)
                let read = big.filter { table in
                    plan.contains { $0.contains("Seq Scan on \(table) ") || $0.hasSuffix("Seq Scan on \(table)") }
                }
                let isToReadAll = Self.readsAll[statement] != nil
                #expect(read == [] || isToReadAll, "\(statement.sql)\n\(plan.joined(separator: "\n"))")
                #expect(
                    read != [] || !isToReadAll, "it reads no whole table, so it need not be listed: \(statement.sql)")
            }
        }
        let listed = Set(Self.readsAll.keys)
        #expect(listed.subtracting(Store.statements) == [], "listed, and no statement any more")
    }

    /// What reads a whole table by its nature, and why that is no harm.
    private static let readsAll: [Statement: String] = [
        Store.selectCatalogue: "all definitions are what an apply, a diff and `overdue` are about",
        StoredDefinitions.selectDefinitions: "the same",
        StoredDefinitions.countImported: "the same",
        Store.selectNames: "all names, for a hint to who mistook one",
        UnwantedRuns.cancelOfAssets: "open runs have no index by asset: an asset is removed seldom, and by an apply",
        Store.selectRuns: "a list with filters: commands ask once, and are planned with what they ask for",
        Store.selectHistory: "the same",
        Store.deleteBenchReady: "a benchmark removes once what it has left",
        Store.selectForecastAssets: "all assets are what a forecast is about",
        Store.selectForecastSuccesses: "all that jobs of a forecast require",
        Store.selectForecastOpen: "all open runs are what a forecast begins with",
        OverdueTargets.select: "all open runs are what `overdue` is about",
        OverdueTargets.selectNarrowed: "the same",
        Store.selectUnplannedTargets: "all targets of assignments that nobody planned",
        PlanningAssets.countTargets: "all targets of jobs whose rollout goes over all clients",
        SpentLimits.select: "all open runs may name a limit; a scheduler asks every ten minutes",
        SpentLimits.delete: "the same, only where something is to be removed",
        Store.selectWaitingWork: "`rota doctor` counts all that may start",
    ]

    /// The lines of a statement's generic plan; none for one that has no plan.
    private static func plan(
        of statement: Statement, named name: String, on connection: isolated Connection
    ) async throws -> [String] {
        try await connection.execute("prepare \(name) as \(statement.sql)")
        let count: Int32 = try await connection.query(
            "select cardinality(parameter_types) from pg_prepared_statements where name = $1", [name]
        ).only().get(0)
        let nulls = Array(repeating: "null", count: Int(count)).joined(separator: ", ")
        let call = count == 0 ? name : "\(name)(\(nulls))"
        return try await connection.query(Statement("explain (costs off) execute \(call)")).map { try $0.get(0) }
    }

    private func register(_ name: String, clients: [String]?, _ tables: FullTables) async throws -> Int64 {
        try await tables.store.registerWorker(
            WorkerProfile(
                name: name, instance: name, host: "h", queues: ["default"], clients: clients, slots: 200, reserve: 0))
    }

    private func turn(_ store: Store, _ desk: WorkDesk, ending leases: [Lease] = []) async throws -> [Lease] {
        let ended = leases.map { EndedAttempt($0, .finished(Outcome(.succeeded, exitCode: 0), .finish(.succeeded))) }
        let wanted = Wanted(most: 200, mostReactive: 200, length: .seconds(30))
        let turn = try await store.takeTurn(desk, ended: ended, wanted: wanted)
        if let trouble = turn.trouble { throw trouble }
        #expect(turn.recorded.count == leases.count)
        return turn.leases
    }
}
