import Model
import Synchronization
import Testing

@testable import Store

/// Applying while schedulers plan what is applied.
struct ApplyRaceTests {
    @Test func `schedulers that plan meanwhile see each revision as a whole, and every change wakes them`() async throws
    {
        try await Desk.with { desk in
            try await desk.apply(
                .client(Sample.client("harbour")), .client(Sample.client("lake")),
                .asset(Sample.asset("a", of: "lake")),
                .job(Sample.job("patch")), .job(Sample.job("other")))
            let flag = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        while !flag.isRaised { _ = try await desk.store.planAssignments(most: 2) }
                    }
                }
                for number in 0..<15 {
                    let clients: ClientSelector = number % 2 == 0 ? .named(["lake"]) : .all
                    try await desk.apply(.job(Sample.job("patch", clients: clients, cron: "\(number) 4 * * *")))
                }
                flag.raise()
                try await group.waitForAll()
            }
            while try await desk.store.planAssignments(most: 10).assignments > 0 {}
            let standing = try await desk.texts(
                """
                select concat_ws(' ', j.name, c.name, j.revision, a.trouble,
                    case when a.removed_at is null then to_char(a.wake_at at time zone 'UTC', 'HH24:MI')
                        else 'gone' end)
                from rota.assignment a join rota.job j on j.id = a.job_id join rota.client c on c.id = a.client_id
                order by j.name, c.name
                """)
            #expect(
                standing == [
                    "other harbour 1 03:00", "other lake 1 03:00", "patch harbour 16 gone", "patch lake 16 04:14",
                ])
        }
    }
}

/// Tells tasks to come to their end by themselves: one that is cancelled within a commit does not know its outcome.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }

    func raise() { state.store(true, ordering: .releasing) }
}
