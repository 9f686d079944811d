import Testing

@testable import rota

struct KindWordTests {
    @Test func `a kind is taken in the singular and in the plural, in any case`() throws {
        for kind in KindWord.allCases {
            for word in [kind.rawValue, kind.plural, kind.plural.uppercased()] {
                #expect(try KindWord.parse(word) == kind)
            }
        }
    }

    @Test func `of another word the nearest kind is told, or all`() throws {
        let near = try #require(throws: CommandFailure.self) { try KindWord.parse("jobz") }
        #expect(near.mend == "did you mean 'job'?")
        #expect(near.status == .wrongWords)
        let far = try #require(throws: CommandFailure.self) { try KindWord.parse("pods") }
        #expect(
            far.mend == "known are jobs, clients, windows, calendars, assets, workers, runs, findings, waivers, pauses")
    }
}
