import Postgres
import Recurrence
import Store
import StoreTestSupport
import Testing

@Suite struct PlanningCrashTests {
    /// The moments of a planning transaction at which its connection dies.
    enum Moment: String, CaseIterable, Sendable {
        case occurrences = "insert on rota.occurrence"
        case runs = "insert on rota.run"
        case places = "insert on rota.ready"
        case cursor = "update on rota.assignment"
    }

    @Test(arguments: Moment.allCases)
    func `a connection that dies while it plans leaves nothing half done`(moment: Moment) async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.database.setClock("2026-03-02T00:01:00Z")
            try await planning.database.execute(
                Self.dying
                    + "create trigger dying after \(moment.rawValue) for each row execute function test_die();")
            let error = await #expect(throws: PostgresError.self) { try await planning.plan() }
            #expect(error?.isConnectionProblem == true, "\(String(describing: error))")
            try await expectNothing(in: planning)

            try await planning.database.execute("drop function test_die() cascade")
            try await planning.plan()
            #expect(try await planning.database.pool.standing().state == "ready")
        }
    }

    @Test func `a connection that dies inside COMMIT leaves nothing half done`() async throws {
        try await Planning.with { planning in
            try await planning.add(Jobs.command(every: 60))
            try await planning.database.setClock("2026-03-02T00:01:00Z")
            try await planning.database.execute(
                Self.dying + """
                    create constraint trigger dying after insert on rota.occurrence deferrable initially deferred
                        for each row execute function test_die();
                    """)
            let error = await #expect(throws: PostgresError.self) { try await planning.plan() }
            // Nobody can know whether it was committed, so it is not said.
            #expect(error?.kind == .outcomeUnknown, "\(String(describing: error))")
            try await expectNothing(in: planning)

            try await planning.database.execute("drop function test_die() cascade")
            try await planning.plan()
            #expect(try await planning.database.pool.standing().state == "ready")
        }
    }

    private static let dying = """
        create function test_die() returns trigger language plpgsql as $$
        begin
            perform pg_terminate_backend(pg_backend_pid());
            return null;
        end $$;

        """

    private func expectNothing(in planning: Planning) async throws {
        let pool = planning.database.pool
        #expect(try await pool.value("select count(*) from rota.occurrence", as: Int64.self) == 0)
        #expect(try await pool.value("select count(*) from rota.run", as: Int64.self) == 0)
        #expect(try await pool.value("select count(*) from rota.ready", as: Int64.self) == 0)
        let row = try await pool.query("select planned_through, wake_at from rota.assignment").only()
        #expect(try row.get(0, as: Instant.self) == instant(Planning.start))
        #expect(try row.get(1, as: Instant.self) == instant(Planning.start))
    }
}
