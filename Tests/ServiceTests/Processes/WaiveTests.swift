import FaultRig
import Model
import Postgres
import Recurrence
import Testing

/// `rota waive`, as a process with its exit code.
@Suite struct WaiveTests {
    private static func lines(_ name: String, _ words: [String], exit code: Int32, in scene: Scene) async throws
        -> [String]
    {
        let process = try await scene.start(name, words)
        #expect(try await process.end() == .exited(code), "\(process.report)")
        return await process.log.whole()
    }

    /// A job that was due a minute ago, and late since; no scheduler has looked at it.
    private static func withLate(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await Scene.with { scene in
            var job = scene.job("late", every: 60)
            job.within = Span(seconds: 1)
            let now = try await scene.store.now()
            _ = try await scene.estate.add(job, for: Scene.client, plannedThrough: now - .seconds(90))
            try await body(scene)
        }
    }

    @Test func `what is waived is not overdue, and is again when that is withdrawn`() async throws {
        try await Self.withLate { scene in
            _ = try await Self.lines("overdue", ["overdue"], exit: 3, in: scene)
            let words = ["waive", "job/late", "--client", "acme"]
            let waived = try await Self.lines(
                "waive", words + ["--reason", "moved house", "--as", "ann"], exit: 0, in: scene)
            #expect(waived.count == 1 && waived[0].hasPrefix("late for acme: what was due up to "))
            #expect(waived[0].hasSuffix("Z is waived"))
            let all = try await Self.lines("list", ["get", "waivers"], exit: 0, in: scene)
            #expect(all.contains { $0.hasPrefix("acme ") && $0.contains("ann") && $0.contains("moved house") })
            let again = try await Self.lines("again", words + ["--withdraw"], exit: 0, in: scene)
            #expect(again[0].hasSuffix("is owed again"))
            let overdue = try await Self.lines("overdue again", ["overdue"], exit: 3, in: scene)
            #expect(overdue.contains { $0.contains("waived by ann: moved house; withdrawn at ") })
            let none = try await Self.lines("none", ["get", "waivers"], exit: 0, in: scene)
            #expect(none == ["Nothing is waived."])
            let nothing = try await Self.lines("nothing", words + ["--withdraw"], exit: 1, in: scene)
            #expect(nothing == ["rota waive: job late at acme: nothing is waived", "  see 'rota get waivers'"])
        }
    }

    @Test func `a run is waived until a date at its client, and rota why tells of it`() async throws {
        try await Self.withLate { scene in
            _ = try await scene.store.planAssignments(most: 10)
            let run: Int64 = try await scene.pool.value("select min(id) from rota.run")
            let told = try await Self.lines(
                "waive", ["waive", "\(run)", "--reason", "parts are ordered", "--until", "2190-03-01", "--as", "ann"],
                exit: 0, in: scene)
            #expect(told.first?.hasSuffix("is waived, until 2190-03-01 00:00:00Z") == true)
            let why = try await Self.lines("why", ["why", "\(run)"], exit: 0, in: scene)
            #expect(
                why.contains {
                    $0.contains("waiver") && $0.contains("waived until 2190-03-01T00:00:00Z by ann: parts are ordered")
                })
            let again = try await Self.lines(
                "again", ["waive", "\(run)", "--reason", "x"], exit: 1, in: scene)
            #expect(again.last == "  take that back first: rota waive \(run) --withdraw")
        }
    }

    @Test(arguments: [
        (["4711"], "--reason is missing: it needs some words"),
        (["job/late", "--reason", "x"], "a job is waived at one client: name it with --client"),
        (
            ["4711", "--client", "acme", "--reason", "x"],
            "a run has its client and asset already: leave --client and --asset out"
        ),
        (["4711", "--withdraw", "--until", "1d"], "--withdraw takes a waiver back at once: leave --until out"),
        (
            ["job/late", "--client", "acme", "--reason", "x", "--until", "2020-01-01"],
            "--until 2020-01-01T00:00:00Z has passed"
        ),
    ])
    func `words that make no sense are told`(words: [String], message: String) async throws {
        try await Scene.with { scene in
            let told = try await Self.lines("waive", ["waive"] + words, exit: 2, in: scene)
            #expect(told.first == "rota waive: \(message)")
        }
    }
}
