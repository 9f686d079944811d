import Foundation
import Testing

/// The cases of docs/planning.md are what the tests hold, and not only what somebody once wrote.
@Suite struct PlanningCasesTests {
    @Test func `each case of planning that is written down is a test`() throws {
        let page = try String(contentsOf: Repository.root.appending(path: "docs/planning.md"), encoding: .utf8)
        let named = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.hasSuffix("` |") }
            .compactMap { $0.split(separator: "`").dropLast().last.map(String.init) }
        #expect(named.count > 40)
        let tests = Repository.textFiles.filter { $0.path.hasPrefix("Tests/") && $0.path.hasSuffix(".swift") }
        let lines = tests.flatMap(\.lines)
        for name in named {
            let isThere = lines.contains { line in
                line.contains("func `\(name)`") || line.contains("testDescription: \"\(name)\"")
            }
            #expect(isThere, "docs/planning.md: there is no test '\(name)'")
        }
    }
}
