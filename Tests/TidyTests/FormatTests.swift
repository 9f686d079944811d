import Testing

@Suite struct FormatTests {
    /// The toolchain's own formatter on all files in one call, with the settings of `.swift-format`.
    @Test func `everything is written as make format writes it`() throws {
        let call = "swift format lint --strict --parallel --recursive --configuration .swift-format"
        let lint = try Tool.run(call.split(separator: " ").map(String.init) + ["Package.swift", "Sources", "Tests"])
        let root = Repository.root.path + "/"
        for line in lint.output.split(separator: "\n") where line.contains(": error: ") {
            Issue.record("\(line.replacing(root, with: "")); use `make format`")
        }
        #expect(lint.exitCode == 0)
    }
}
