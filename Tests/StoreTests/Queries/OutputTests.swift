import Model
import Recurrence
import StoreTestSupport
import Testing

@testable import Store

struct OutputTests {
    private static func printed(_ text: String, tail: String = "", length: Int64? = nil) -> Outcome {
        let (head, tail) = (Array(text.utf8), Array(tail.utf8))
        return Outcome(
            .failed, exitCode: 1,
            output: CapturedOutput(
                head: head, tail: tail, length: length ?? Int64(head.count + tail.count),
                sha256: [UInt8](repeating: 7, count: 32)))
    }

    @Test func `the last output that was kept is shown, or that of the attempt that is asked for`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let run = try await floor.work(
                Self.printed("first"), verdict: .retry(after: .zero), only: "srv-1")[0]
            #expect(try await floor.store.output(of: run) == .output(Self.row(1, "first")))
            try await floor.work(Self.printed("second", tail: "end", length: 1000), only: "srv-1")
            #expect(try await floor.store.output(of: run) == .output(Self.row(2, "second", tail: "end", length: 1000)))
            #expect(try await floor.store.output(of: run, attempt: 1) == .output(Self.row(1, "first")))
            #expect(try await floor.store.output(of: run, attempt: 3) == .noSuchAttempt(attempts: 2))
        }
    }

    @Test func `a run without output says where it stands`() async throws {
        try await Floor.with { floor in
            try await floor.plan(at: "16T03:00")
            let run = try await floor.store.runs(RunFilter(asset: "srv-1"), lately: Floor.at("16T00:00")).rows[0].run
            #expect(try await floor.store.output(of: run) == .nothingKept(.ready, attempts: 0))
            try await floor.work()
            #expect(try await floor.store.output(of: run) == .nothingKept(.succeeded, attempts: 1))
            #expect(try await floor.store.output(of: 999) == .unknown)
        }
    }

    private static func row(_ attempt: Int, _ head: String, tail: String = "", length: Int64? = nil) -> OutputRow {
        OutputRow(
            attempt: attempt, head: Array(head.utf8), tail: Array(tail.utf8),
            length: length ?? Int64(head.utf8.count + tail.utf8.count), sha256: [UInt8](repeating: 7, count: 32))
    }
}
