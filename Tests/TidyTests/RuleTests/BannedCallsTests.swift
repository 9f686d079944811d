import Testing

@Suite struct BannedCallsTests {
    @Test(arguments: [
        "let a = try? f()", "let a = try! f()", "let now = Date()", "let now = Date.now", "f(Date.now)",
        "let a = ContinuousClock().now", "let a = ContinuousClock.now", "let a = SuspendingClock().now",
        "group.wait(timeout: .now() + 1)", "let a: Date = .now", "return .now", "Task { await f() }",
        "Task(priority: .low) { await f() }", "Task.detached { }", "let t = Task { 1 }", "print(\"x\")",
        "DispatchTime.now()",
    ])
    func `is banned in a room`(source: String) {
        #expect(BannedCalls.faults(in: sample(source)).isEmpty == false)
    }

    @Test(arguments: [
        "let a = try f()", "if try !f() {}", "f(now: now)", "state.now", "clock.now", "f(given.now, a)",
        "let a = rota.now()",
        "// try? Date() Task {", "let a = \"Task { print(x) }\"", "withTaskGroup(of: Task.self) { }",
        "func print(_ a: Int) {}", "Task.isCancelled", "group.addTask { }", "try Task.checkCancellation()",
    ])
    func `is good in a room`(source: String) {
        #expect(BannedCalls.faults(in: sample(source)).map(\.description) == [])
    }

    @Test(arguments: ["Task.sleep(for: .seconds(1))", "usleep(1)", "sleep(1)", "try await clock.sleep(for: a)"])
    func `tests do not sleep`(source: String) {
        #expect(!BannedCalls.faults(in: sample(source, at: "Tests/ModelTests/A.swift")).isEmpty)
    }

    @Test func `the edge reads clocks and prints`() {
        let source = "let a = ContinuousClock().now; print(a)"
        #expect(BannedCalls.faults(in: sample(source, at: "Sources/rota/A.swift")).isEmpty)
        #expect(BannedCalls.faults(in: sample("_ = try? f()", at: "Sources/rota/A.swift")).count == 1)
    }
}
