import Testing

@Suite struct WordsTests {
    private func faults(_ line: String) -> Int {
        Words.faults(in: TextFile(path: "docs/a.md", text: "fine\n\(line)\n")).count
    }

    @Test(arguments: [
        "// TO" + "DO: later", "# FIX" + "ME", "XX" + "X", "a path like /ho" + "me/ada/x", "cd /ro" + "ot/x",
    ])
    func `is found`(line: String) {
        #expect(faults(line) == 1)
    }

    @Test(arguments: [
        "mktemp /tmp/a.XX" + "XXXX", "XX" + "X3EDT4", "$dir/ho" + "me/x", "/usr/lib", "the TO" + "DOs'",
        "https://a.b/ro" + "ot/x",
    ])
    func `is nothing`(line: String) {
        #expect(faults(line) == 0)
    }
}
