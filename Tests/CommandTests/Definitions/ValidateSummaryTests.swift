import Manifest
import Testing

@testable import rota

struct ValidateSummaryTests {
    @Test func `what holds no definition is not told to be right`() {
        for text in ["", "# nothing yet\n", "---\n"] {
            let read = ManifestReader.read(text: text, file: "a.yaml")
            #expect(read.problems.isEmpty)
            #expect(
                ValidateCommand.summary(read, []) == "there is no definition there: nothing was checked",
                "\(text)")
        }
        let read = ManifestReader.read(text: "kind: Calendar\nname: c\n", file: "a.yaml")
        #expect(ValidateCommand.summary(read, read.problems) == "1 definition in 1 file: nothing is wrong")
    }
}
