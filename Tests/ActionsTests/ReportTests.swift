import Model
import Testing

@testable import Actions

@Suite struct ReportTests {
    private func read(_ line: String) -> RunReport? { RunReport(line: Array(line.utf8)) }

    private func problems(_ line: String) -> [String]? { read(line)?.problems }

    @Test func `the last line becomes result and findings`() async {
        let outcome = await Fixture().shell(
            #"""
            echo working
            printf '{"result": {"pending": 3, "ratio": 1.50}, '
            echo '"findings": [{"key": "disk", "severity": "critical", "text": "full"}]}'
            echo
            """#)
        #expect(outcome.ended == .succeeded)
        #expect(outcome.result == #"{"pending": 3, "ratio": 1.50}"#)
        #expect(outcome.findings == [Finding(key: "disk", severity: .critical, text: "full")])
        #expect(outcome.message == nil)
    }

    @Test func `a command that fails may report, too`() async {
        let outcome = await Fixture().shell(
            #"echo '{"findings": [{"key": "k", "severity": "warning", "text": "t"}]}'; exit 1"#)
        #expect(outcome.ended == .failed)
        #expect(outcome.findings?.count == 1)
        #expect(outcome.result == nil)
    }

    @Test func `no findings is not the same as nothing said of findings`() {
        #expect(read(#"{"result": 1}"#)?.findings == nil)
        #expect(read(#"{"findings": []}"#)?.findings == [])
    }

    @Test func `an object with neither is the result`() {
        #expect(read(#"{"pending": 3}"#) == RunReport(result: #"{"pending": 3}"#))
        #expect(read("{}")?.result == "{}")
    }

    @Test func `lines that mean to be no report are none`() {
        for line in ["", "done", "[1]", "\"x\"", "12", " {"] { #expect(read(line) == nil) }
    }

    @Test(arguments: [
        ("{", "a string was expected (byte 2)"),
        ("{broken}", "a string was expected (byte 2)"),
        (#"{"a"}"#, "':' is missing (byte 5)"),
        (#"{"a": }"#, "a value was expected (byte 7)"),
        (#"{"a": 1"#, "'}' is missing (byte 8)"),
        (#"{"a": 1,}"#, "a string was expected (byte 9)"),
        (#"{"a": 1} x"#, "there is more after the object (byte 10)"),
        (#"{"a": 01}"#, "a number begins with 0 (byte 7)"),
        (#"{"a": 1e1000}"#, "a number is too large (byte 7)"),
        (#"{"a": tru}"#, "'true' was expected (byte 10)"),
        (#"{"a": "\u0000"}"#, "NUL in a string (byte 14)"),
        (#"{"a": "\ud800"}"#, "half a surrogate pair (byte 14)"),
        (#"{"a": "\ud800\u0041"}"#, "half a surrogate pair (byte 20)"),
        (#"{"a": "\udc00"}"#, "half a surrogate pair (byte 14)"),
        (#"{"a": "\x"}"#, "an unknown escape in a string (byte 10)"),
        ("{\"a\": \"\u{1}\"}", "a control character in a string (byte 9)"),
        (#"{"a": "b"#, "a string does not end (byte 9)"),
    ])
    func `what begins as JSON and is none is told`(_ line: String, _ problem: String) {
        #expect(problems(line) == ["the last line of its output begins as JSON, but is not: \(problem)"])
    }

    @Test func `depth is bounded`() {
        let deep = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
        #expect(problems("{\"a\": \(deep)}") == [])
        #expect(
            problems("{\"a\": [\(deep)]}") == [
                "the last line of its output begins as JSON, but is not: it is deeper than 32 (byte 38)"
            ])
        #expect(problems("{\"a\": " + String(repeating: "[", count: 60_000))?.count == 1)
    }

    @Test func `a line that is not UTF-8 is told`() {
        let line = Array(#"{"a": ""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(RunReport(line: line)?.problems == ["the last line of its output begins as JSON, but is not UTF-8"])
    }

    @Test func `findings that are wrong are told, and the others kept`() {
        let long = String(repeating: "x", count: 201)
        let report = read(
            """
            {"findings": [{"key": "a", "severity": "info", "text": "\\u00e9\\ud83d\\ude00\\n"}, 7,
            {"severity": "info", "text": "t"},
            {"key": "b", "severity": "bad", "text": "t"}, {"key": "c", "severity": "info"}, {"key": "d", "text": "t"},
            {"key": "a", "severity": "info", "text": "t"}, {"key": 1}, {"key": "e", "more": 1},
            {"key": "\(long)", "severity": "info", "text": "t"}], "result": 1, "results": 2}
            """.replacing("\n", with: " "))
        #expect(report?.findings == [Finding(key: "a", severity: .info, text: "é😀\n")])
        #expect(report?.result == "1")
        #expect(
            report?.problems == [
                "finding 2 is no object", "finding 3 has no 'key'",
                "finding 4 has the severity 'bad', which is none of info, warning, critical", "finding 5 has no 'text'",
                "finding 6 has no 'severity'", "finding 7 has the key 'a' of an earlier one",
                "finding 8 has a 'key' that is no text", "finding 9 has an unknown key 'more'",
                "finding 10 has a 'key' of more than 200 bytes", "its report has an unknown key 'results'",
            ])
        #expect(problems(#"{"findings": {}}"#) == ["'findings' in its report is no list"])
        #expect(problems(#"{"result": 1, "result": 2}"#) == ["its report has 'result' twice: the first counts"])
    }

    @Test func `more findings than are kept are told`() {
        let many = (0..<1001).map { #"{"key": "\#($0)", "severity": "info", "text": ""}"# }.joined(separator: ",")
        let report = read("{\"findings\": [\(many)]}")
        #expect(report?.findings?.count == 1000)
        #expect(report?.problems == ["it reported 1001 findings: only the first 1000 are kept"])
    }

    @Test func `a report may be 64 KiB long, wherever it stands in the output`() {
        let longest = "{\"a\":\"" + String(repeating: "x", count: 65_536 - 8) + "\"}"
        for before in [0, 1, 65_530, 65_536, 131_072, 500_000] {
            let start = String(repeating: "\n", count: before)
            #expect(lastLine(start + longest + "\r\n\n") == .line(Array(longest.utf8)))
        }
        let tooLong = "{\"b" + longest.dropFirst(2)
        for before in [0, 1, 65_530, 500_000] {
            let start = String(repeating: "\n", count: before)
            #expect(lastLine(start + tooLong) == .tooLong(endsAsObject: true))
        }
        #expect(lastLine(String(repeating: "x", count: 200_000)) == .tooLong(endsAsObject: false))
        #expect(lastLine(" \n\n") == .none)
    }

    @Test func `a report that is too long is told`() async {
        let outcome = await Fixture().shell(#"printf '{"a": "'; head -c 200000 /dev/zero | tr '\0' x; echo '"}'"#)
        #expect(outcome.ended == .succeeded)
        #expect(outcome.message == "the last line of its output is longer than a report may be (64 KiB)")
    }

    private func lastLine(_ text: String) -> LastLine {
        var collector = OutputCollector(secrets: [])
        Array(text.utf8).withUnsafeBytes { collector.take($0) }
        return collector.finish().lastLine
    }
}
