import FaultRig
import Model
import Postgres
import Recurrence
import Testing

/// What must hold after any fault, from the database and from what commands wrote outside it.
struct Laws: Sendable {
    let scene: Scene

    /// One of the moments at which a job was due, computed apart from the scheduler: `every 5s` is every whole
    /// multiple of five seconds.
    struct Moment: Hashable, Sendable {
        var job: String
        var due: Instant
    }

    static func moments(of jobs: [String], every seconds: Int64, after: Instant, through: Instant) -> Set<Moment> {
        var moments: Set<Moment> = []
        var second = (after.seconds / seconds + 1) * seconds
        while Instant(seconds: second) <= through {
            for job in jobs { moments.insert(Moment(job: job, due: Instant(seconds: second))) }
            second += seconds
        }
        return moments
    }

    /// Every moment has exactly one run, and there is none besides, but of some other jobs.
    func expectOneRunEach(
        _ expected: Set<Moment>, through: Instant, besides others: Set<String> = []
    ) async throws -> [Standing] {
        let runs = try await scene.pool.standings().filter {
            $0.lane == "proactive" && $0.due <= through && !others.contains($0.job)
        }
        let made = runs.map { Moment(job: $0.job, due: $0.due) }
        let missing = expected.subtracting(made)
        #expect(missing.isEmpty, "without a run: \(missing.prefix(5))")
        let twice = Dictionary(grouping: made) { $0 }.filter { $0.value.count > 1 }.keys
        #expect(twice.isEmpty, "with several runs: \(twice.prefix(5))")
        let unasked = Set(made).subtracting(expected)
        #expect(unasked.isEmpty, "never due: \(unasked.prefix(5))")
        return runs
    }

    /// A run that succeeded was done once, to its end; only where a lease ran out may it have been begun before.
    func expectDoneOnce(_ runs: [Standing]) async throws {
        let byRun = Dictionary(grouping: try scene.work.entries()) { $0.run }
        let ends = try await endings()
        for run in runs {
            let entries = byRun[run.run] ?? []
            let finished = entries.filter { $0.verb == "end" }
            let begun = entries.filter { $0.verb == "start" }
            let lost = (ends[run.run] ?? []).count { $0 == "lost" || $0 == "released" }
            #expect(Set(begun.map(\.attempt)).count == begun.count, "an attempt was started twice: \(entries)")
            if run.state == "succeeded" {
                #expect(finished.count >= 1, "it was not done: \(run)")
                #expect(begun.count <= 1 + lost, "it was done again: \(run) \(ends[run.run] ?? []) \(entries)")
            } else if ["missed", "skipped"].contains(run.state) {
                #expect(begun.count <= lost, "it was begun, and is called \(run.state): \(run) \(entries)")
            }
        }
    }

    /// No run was in two hands at a time: neither by its leases, nor by what its commands wrote.
    func expectNoTwoHands() async throws {
        let leases = try await scene.pool.query(
            """
            select run_id from (
                select run_id, leased_at < lag(ended_at) over (partition by run_id order by id) from rota.attempt
            ) pair (run_id, is_double) where is_double
            """)
        #expect(try leases.map { try $0.get(0, as: Int64.self) } == [])
        for (run, entries) in Dictionary(grouping: try scene.work.entries(), by: \.run) {
            let attempts = Dictionary(grouping: entries, by: \.attempt).values
                .sorted { $0[0].at < $1[0].at }
            for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                let last = earlier.map(\.at).max() ?? later[0].at
                #expect(last <= later[0].at, "run \(run) was done by two at a time: \(entries)")
            }
        }
    }

    private func endings() async throws -> [Int64: [String]] {
        let rows = try await scene.pool.query("select run_id, ended_as from rota.attempt order by id")
            .map { try ($0.get(0, as: Int64.self), $0.get(1, as: String.self)) }
        return Dictionary(grouping: rows) { $0.0 }.mapValues { $0.map(\.1) }
    }
}
