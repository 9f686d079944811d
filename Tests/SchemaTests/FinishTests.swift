import Postgres
import Testing

/// How attempts end, and that an attempt that was superseded changes nothing.
struct FinishTests {
    @Test(arguments: ["succeeded", "failed", "cancelled"])
    func `a finished run is done, with its last attempt`(_ state: String) async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            let attempt = try await estate.lease()[0].attempt
            let recorded = try await estate.finish(attempt, as: state, next: state, output: Array("hello".utf8))
            #expect(recorded)
            let row = try await estate.pool.query(
                """
                select d.state, d.attempts, d.attempt_id, d.worker_id, d.exit_code, d.reason,
                    a.ended_as, a.number, o.head
                from rota.done d join rota.attempt a on a.run_id = d.run_id join rota.output o on o.attempt_id = a.id
                where d.run_id = $1
                """, [run]
            ).only()
            #expect(try row.get(0) == state)
            #expect(try row.get(1) == Int16(1))
            #expect(try row.get(2) == attempt)
            #expect(try row.get(3) == Int64(1))
            #expect(try row.get(4) == Int32(0))
            #expect(try row.get(5) == "said so")
            #expect(try row.get(6) == state)
            #expect(try row.get(7) == Int16(1))
            #expect(try row.get(8) == Array("hello".utf8))
        }
    }

    @Test func `finishing again says the same again, and changes nothing`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let attempt = try await estate.lease()[0].attempt
            let answers = try await [estate.finish(attempt), estate.finish(attempt)]
            #expect(answers == [true, true])
            let otherwise = try await estate.finish(attempt, as: "failed", next: "failed")
            #expect(!otherwise)
            let counts = try await estate.pool.query(
                "select (select count(*) from rota.done), (select count(*) from rota.attempt)"
            ).only()
            #expect(try counts.get(0) == Int64(1))
            #expect(try counts.get(1) == Int64(1))
        }
    }

    @Test func `an attempt that was superseded is refused by every verb`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            let stale = try await estate.lease()[0].attempt
            try await estate.lose(stale)
            let fresh = try await estate.lease(worker: 2)[0]
            #expect(fresh.run == run)
            #expect(fresh.attempt > stale)
            #expect(fresh.losses == 1)
            for ended in ["succeeded", "lost", "released"] {
                let recorded = try await estate.finish(
                    stale, as: ended, findings: JSON(#"[{"key": "k", "severity": "info", "text": "t"}]"#),
                    output: [1])
                #expect(!recorded, "\(ended)")
            }
            let renewed = try await estate.renew([stale, fresh.attempt])
            #expect(renewed == [:], "worker 1 holds neither")
            let released = try await estate.release([stale])
            #expect(released == 0)
            let traces = try await estate.pool.query(
                """
                select (select count(*) from rota.done) + (select count(*) from rota.output)
                    + (select count(*) from rota.finding), (select attempt_id from rota.leased)
                """
            ).only()
            #expect(try traces.get(0) == Int64(0))
            #expect(try traces.get(1) == fresh.attempt)
        }
    }

    @Test func `a worker cannot end, renew or release the attempt of another`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let attempt = try await estate.lease(worker: 1)[0].attempt
            let finished = try await estate.finish(attempt, worker: 2)
            let renewed = try await estate.renew([attempt], worker: 2)
            let released = try await estate.release([attempt], worker: 2)
            #expect(!finished)
            #expect(renewed == [:])
            #expect(released == 0)
        }
    }

    @Test func `a failed attempt that is tried again counts, and waits`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            let first = try await estate.lease()[0]
            try await estate.finish(first.attempt, as: "failed", next: "ready", againAfter: 300)
            let early = try await estate.lease()
            #expect(early == [])
            let wake = try await estate.pool.query(
                "select wake_at = rota.now() + interval '300 s' from rota.assignment where id = 1"
            ).only()
            #expect(try wake.get(0))
            try await estate.database.advance(by: .seconds(300))
            let second = try await estate.lease()
            #expect(second.map(\.run) == [run])
            #expect(second.map(\.attempts) == [1])
        }
    }

    @Test func `a reminder that must be acknowledged waits for it`() async throws {
        try await Estate.with { estate in
            let run = try await estate.ready()
            try await estate.finish(estate.lease()[0].attempt, next: "waiting", againAfter: 60)
            let row = try await estate.pool.query(
                "select run_id, waits_for, look_at = rota.now() + interval '60 s', attempts from rota.waiting"
            ).only()
            #expect(try row.get(0) == run)
            #expect(try row.get(1) == "acknowledgement")
            #expect(try row.get(2))
            #expect(try row.get(3) == Int16(1))
        }
    }

    @Test func `a run goes from an attempt nowhere but where the schema knows`() async throws {
        try await Estate.with { estate in
            _ = try await estate.ready()
            let attempt = try await estate.lease()[0].attempt
            let refused = try await refusal { try await estate.finish(attempt, next: "elsewhere") }
            #expect(refused == "done_state_check")
            let recorded = try await estate.finish(attempt)
            #expect(recorded, "the lease was not lost by it")
        }
    }
}
