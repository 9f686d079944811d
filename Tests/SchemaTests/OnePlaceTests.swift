import Postgres
import Testing

/// The state machine, as the schema alone holds it.
struct OnePlaceTests {
    /// The arrows of docs/architecture.md, and waiting to ready, by which a reminder is repeated.
    static let legal: [(Place, Place)] = [
        (.held, .ready), (.held, .waiting), (.held, .done),
        (.ready, .held), (.ready, .leased), (.ready, .waiting), (.ready, .done),
        (.leased, .ready), (.leased, .waiting), (.leased, .done),
        (.waiting, .ready), (.waiting, .done),
    ]

    @Test func `every legal arrow is allowed, and every other refused`() async throws {
        try await Estate.with { estate in
            var due = 0
            for from in Place.allCases where from != .done {
                for to in Place.allCases where to != from {
                    due += 1
                    let run = try await estate.run(in: from, due: due)
                    let refused = try await refusal { try await estate.move(run, from: from, to: to) }
                    let isLegal = Self.legal.contains { $0 == (from, to) }
                    #expect(refused == (isLegal ? nil : "legal_move"), "\(from) to \(to)")
                    let places = try await estate.places(of: run)
                    #expect(places == [isLegal ? to.rawValue : from.rawValue], "\(from) to \(to)")
                }
            }
        }
    }

    @Test func `a run that stands somewhere cannot come to stand in a second place`() async throws {
        try await Estate.with { estate in
            for (due, first) in Place.allCases.enumerated() {
                let run = try await estate.run(in: first, due: due)
                for second in Place.allCases where second != first {
                    let refused = try await refusal {
                        _ = try await estate.pool.query(
                            Statement(
                                """
                                with r as (select id as run_id, due_at from rota.run where id = $1)
                                \(second.insert) from r
                                """), [run])
                    }
                    #expect(refused == "one_place", "\(first), then \(second)")
                }
                let places = try await estate.places(of: run)
                #expect(places == [first.rawValue])
            }
        }
    }

    @Test func `a run cannot leave its place for none`() async throws {
        try await Estate.with { estate in
            for place in Place.allCases where place != .done {
                let run = try await estate.run(in: place, due: place.rawValue.count * 10)
                let refused = try await refusal {
                    _ = try await estate.pool.query(Statement(place.delete("$1")), [run])
                }
                #expect(refused == "legal_move", "\(place)")
            }
        }
    }

    @Test func `what is no run stands nowhere`() async throws {
        try await Estate.with { estate in
            for place in Place.allCases {
                let refused = try await refusal {
                    _ = try await estate.pool.query(
                        Statement(
                            """
                            with r as (select 4711::bigint as run_id, rota.now() as due_at)
                            \(place.insert) from r
                            """))
                }
                #expect(refused == "one_place", "\(place)")
            }
        }
    }

    @Test func `several runs move in one statement, and one illegal move among them refuses all`() async throws {
        try await Estate.with { estate in
            let good = try await estate.run(in: .held, asset: 1)
            let bad = try await estate.run(in: .waiting, asset: 2)
            let refused = try await refusal {
                _ = try await estate.pool.query(
                    Statement(
                        """
                        with a as (delete from rota.held returning run_id, due_at),
                            b as (delete from rota.waiting returning run_id, due_at)
                        \(Place.leased.insert) from (select * from a union all select * from b) both_of_them
                        """))
            }
            #expect(refused == "legal_move")
            let places = try await [estate.places(of: good), estate.places(of: bad)]
            #expect(places == [["held"], ["waiting"]])
        }
    }

    @Test func `history, runs, revisions and acts never change`() async throws {
        try await Estate.with { estate in
            try await estate.run(in: .done)
            _ = try await estate.pool.query("select rota.record_act('ann', 'pause', 'job/patch', 'flood', null)")
            for statement in Self.changes {
                let refused = try await refusal { _ = try await estate.pool.query(Statement(statement)) }
                #expect(refused?.hasSuffix("is append-only") ?? false, "\(statement): \(refused ?? "let through")")
            }
        }
    }

    private static let changes = [
        "update rota.done set reason = 'x'", "delete from rota.done", "truncate rota.done",
        "update rota.run set priority = 1", "update rota.job_revision set definition = '{\"a\": 1}'",
        "delete from rota.job_revision", "update rota.act set actor = 'x'", "delete from rota.act", "truncate rota.act",
    ]
}
