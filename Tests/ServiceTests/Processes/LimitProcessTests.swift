import FaultRig
import Model
import Postgres
import Recurrence
import Testing

/// Limits, with real schedulers and workers.
@Suite struct LimitProcessTests {
    @Test func `three workers never do more at once than a job, a client and an occurrence allow`() async throws {
        try await Scene.with { scene in
            try await Watch.prepare(scene.pool)
            for number in 1...12 {
                _ = try await scene.estate.add(
                    Asset(
                        name: "srv-\(number)", client: Scene.client.name, kind: "server",
                        labels: ["ha": "pair-\(number % 3)"]))
            }
            var job = scene.job("patch", every: 2)
            job.targets = TargetSelector(kinds: ["server"])
            job.overlap = .skip
            job.atOnce = 4
            job.exclusive = true
            job.rollout = Rollout(atOnce: .share(30), apart: "ha")
            try await scene.add(job)
            _ = try await scene.startScheduler()
            for name in ["a", "b", "c"] { _ = try await scene.startWorker(name) }
            try await scene.watch.until(
                "three occurrences that were done", "select count(*) >= 36 from rota.done where state = 'succeeded'")
            let over: [String] = try await scene.pool.query(Self.over).map { try $0.get(0) }
            #expect(over == [])
            let why = try await scene.pool.query(
                "select count(*) from rota.limit_group where key like 'apart/acme/ha=%'")
            #expect(try why.only().get(0) == Int64(3))
        }
    }

    /// Groups in which more were at work at some moment than their limit: counted where an attempt begins, among those
    /// that began before and ended after it.
    private static let over: Statement = """
        with span as (
            select d.run_id, g as group_id, d.started_at as begins, d.finished_at as ends
            from rota.done d
            join rota.run r on r.id = d.run_id and r.due_at = d.due_at
            cross join unnest(r.limits) g
            where d.started_at is not null
        )
        select g.key || ': ' || count(*) || ' of ' || g.most
        from span s
        join span o on o.group_id = s.group_id and o.begins <= s.begins and o.ends > s.begins
        join rota.limit_group g on g.id = s.group_id
        group by g.key, g.most, s.run_id
        having count(*) > g.most
        """
}
