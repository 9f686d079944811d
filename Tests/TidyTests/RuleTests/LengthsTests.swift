import Testing

@Suite struct LengthsTests {
    private func function(_ head: String, lines: Int) -> String {
        "\(head) {\n" + String(repeating: "    work()\n", count: lines - 2) + "}\n"
    }

    @Test(arguments: [
        "func long()", "static func long(a: Int = f(), b: [Int] = []) async throws -> [Int: Bool]",
        "func long<T: Sequence>(_ t: T) -> Int where T.Element == Int", "init(_ a: Int)", "deinit",
        "subscript(_ a: Int) -> Int", "var long: Int", "static func == (a: A, b: A) -> Bool", "var body: some View",
    ])
    func `a body has at most 60 lines`(head: String) {
        #expect(Lengths.faults(in: sample("struct A {\n" + function(head, lines: 60) + "}")).isEmpty)
        #expect(Lengths.faults(in: sample("struct A {\n" + function(head, lines: 61) + "}")).lines == [2])
    }

    @Test func `what has no body has no length`() {
        let source =
            "protocol A {\n    func a()\n    func b(x: Int)\n    var c: Int { get }\n}\n"
            + function("enum B", lines: 90)
        #expect(Lengths.faults(in: sample(source)).isEmpty)
    }

    @Test func `a file has at most 400 lines`() {
        let line = "let a = 1\n"
        #expect(Lengths.faults(in: sample(String(repeating: line, count: 400))).isEmpty)
        #expect(Lengths.faults(in: sample(String(repeating: line, count: 401))).count == 1)
    }
}
