import Testing

@Suite struct LexerTests {
    @Test func `what is in strings and comments is not code`() {
        let file = sample(
            ##"""
            // try? here
            /* and /* nested */ try? */
            let a = "try? \(b.now) and \"quoted\" try?"
            let c = #"raw "try?" \#(d) "#
            let e = """
                try? "inside"
                """
            """##)
        #expect(!file.code.contains { $0.isWord("try") })
        #expect(file.code.contains { $0.isWord("b") } && file.code.contains { $0.isWord("d") })
        #expect(file.strings.count == 3)
        #expect(file.strings[0].text == #"try? \() and \"quoted\" try?"#)
        #expect(file.comments.map(\.line) == [1, 2])
    }

    @Test func `a string in what is put into a string ends neither`() {
        let file = sample(#"let a = "x \(f("y \(g(1)) )")) z"; let b = 2"#)
        #expect(file.strings.map { $0.text } == [#"y \() )"#, #"x \() z"#])
        #expect(file.code.contains { $0.isWord("b") })
    }

    @Test func `lines are counted through everything`() {
        let file = sample("let a = \"\"\"\n    x\n    \"\"\"\n/*\n\n*/\nlet b = 1\n")
        #expect(file.code.first { $0.isWord("b") }?.line == 7)
        #expect(file.lineCount == 7)
    }

    @Test func `a name in backticks is one word`() {
        let file = sample("func `a sentence with words`() {}")
        #expect(file.code[1].text == "`a sentence with words`")
    }
}
