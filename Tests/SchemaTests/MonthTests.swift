import Postgres
import Testing

/// History by the month in which runs were due. The estate's clock stands in a month that was not made.
struct MonthTests {
    @Test func `what is due in a month that is not there is kept, and moves there when it is made`() async throws {
        try await Estate.with { estate in
            let done = try await estate.run(in: .done)
            let held = try await estate.run(in: .held, asset: 2)
            #expect(try await estate.table(of: done) == "run_default")
            #expect(try await estate.make("2026-02-01"))
            #expect(try await estate.table(of: done) == "run_2026_02")
            #expect(try await estate.table(of: held) == "run_2026_02")
            #expect(try await estate.places(of: done) == ["done"])
            #expect(try await estate.places(of: held) == ["held"])
            let again = try await estate.make("2026-02-01")
            #expect(!again, "it is there already")
        }
    }

    @Test func `a month is dropped with all that is kept of its runs, and the months beside it stay`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            try await estate.finish(estate.lease()[0].attempt, output: [1])
            let later = try await estate.run(in: .done, due: 24 * 20)
            for month in ["2026-02-01", "2026-03-01"] { #expect(try await estate.make(month)) }
            #expect(try await estate.drop("2026-02-01"))
            for table in ["run", "done", "occurrence", "output"] {
                let left: Int64 = try await estate.pool.query(
                    Statement("select count(*) from rota.\(table) where due_at < '2026-03-01Z'")
                ).only().get(0)
                #expect(left == 0, "\(table)")
            }
            #expect(try await estate.places(of: run) == [])
            #expect(try await estate.table(of: later) == "run_2026_03")
        }
    }

    @Test(arguments: [Place.held, .ready, .leased, .waiting])
    func `a month of which a run is still open stays`(_ place: Place) async throws {
        try await Estate.with { estate in
            let run = try await estate.run(in: place)
            #expect(try await estate.make("2026-02-01"))
            let dropped = try await estate.drop("2026-02-01")
            #expect(!dropped)
            #expect(try await estate.places(of: run) == [place.rawValue])
        }
    }

    @Test func `several that make the same month at once make it once`() async throws {
        try await Estate.with { estate in
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 { group.addTask { try await estate.make("2026-02-01") } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
        }
    }
}

extension Estate {
    fileprivate func make(_ month: String) async throws -> Bool {
        try await pool.query("select rota.make_month($1::text::date)", [month]).only().get(0)
    }

    fileprivate func drop(_ month: String) async throws -> Bool {
        try await pool.query("select rota.drop_month($1::text::date)", [month]).only().get(0)
    }

    /// The partition in which the run's row lies.
    fileprivate func table(of run: Int64) async throws -> String {
        try await pool.query(
            "select c.relname::text from rota.run r join pg_class c on c.oid = r.tableoid where r.id = $1", [run]
        ).only().get(0)
    }
}
