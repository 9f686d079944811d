import Manifest
import Testing

/// What is wrong with a file before anybody looks at what it means.
@Suite struct FormTests {
    @Test func `an alias bomb is refused at each of its anchors and aliases`() {
        let bomb = """
            a: &a {b: lol}
            b: [*a, *a]
            """
        #expect(
            told(bomb) == [
                "m.yaml:1:1: 'kind' is missing\n  it is one of Client, Calendar, Window, Asset, Job",
                """
                m.yaml:1:4: an anchor ('&a') is not allowed
                  take it out, and write the value out wherever it is needed
                """,
                """
                m.yaml:2:5: an alias ('*a') is not allowed
                  write out what it stands for
                """,
                """
                m.yaml:2:9: an alias ('*a') is not allowed
                  write out what it stands for
                """,
            ])
    }

    @Test func `a cron expression without quotes is told from a real alias`() {
        #expect(
            told(job(schedule: "{cron: */5 * * * *}")) == [
                """
                m.yaml:4:18: an alias ('*/5') is not allowed
                  put a text that begins with '*' in quotes
                """
            ])
    }

    @Test func `an anchor before a block is refused, and what follows is read nevertheless`() {
        let text = """
            kind: Calendar
            name: c
            days: &days
              - {date: 2026-02-30}
            """
        #expect(
            told(text) == [
                """
                m.yaml:3:7: an anchor ('&days') is not allowed
                  take it out, and write the value out wherever it is needed
                """,
                """
                m.yaml:4:12: 'date' must be a date that exists, not '2026-02-30'
                  write it like 2026-12-25
                """,
            ])
    }

    @Test func `a tag is refused`() {
        #expect(
            told(job("priority: !!int 5")) == [
                """
                m.yaml:3:11: a tag ('!!int') is not allowed
                  take it out; a text that begins with '!' goes in quotes
                """
            ])
    }

    @Test func `signs of YAML within a text are text`() throws {
        let text = job("summary: a & b, *important*! really", exec: "input: \"*a &b !c\"")
        guard case .job(let job) = try definition(text) else { return }
        #expect(job.summary == "a & b, *important*! really")
        guard case .exec(let exec) = job.action else { return }
        #expect(exec.input == "*a &b !c")
    }

    @Test func `a duplicate key is told with the place of the first, and so is everything else`() {
        #expect(
            told(job("window: a\nwindow: b\nwindow: c\nqueu: d"))
                == [
                    """
                    m.yaml:4:1: duplicate key 'window'
                      it is already there in line 3; keep one of the two
                    """,
                    """
                    m.yaml:5:1: duplicate key 'window'
                      it is already there in line 3; keep one of the two
                    """,
                    """
                    m.yaml:6:1: unknown key 'queu'
                      did you mean 'queue'?
                    """,
                ])
    }

    @Test func `duplicate keys are found in quotes and in braces too`() {
        #expect(
            told(job("labels: {a: x, \"a\": y, 'a': z}")) == [
                "m.yaml:3:16: duplicate key 'a'\n  it is already there in line 3; keep one of the two",
                "m.yaml:3:24: duplicate key 'a'\n  it is already there in line 3; keep one of the two",
            ])
    }

    @Test func `a key that is a list or a mapping is refused`() {
        let hint = "write it as 'key: value', without brackets and '?'"
        #expect(told("? [a, b]\n: c\n") == ["m.yaml:1:3: a key must be a word\n  \(hint)"])
        #expect(told("[a]: 1\n[a]: 2\n").count == 1)
        #expect(told("? {a: b}\n: 1\n? {a: b}\n: 2\nx: 1\nx: 2\n").isEmpty == false)
    }

    @Test func `a template without quotes is told as what it is`() {
        let hint = "put a text that begins with '{{' in quotes"
        let remind = "kind: Job\nname: j\nschedule: {every: 1h}\naction:\n  remind:\n    to: {file: f}\n"
        #expect(told(remind + "    message: {{ client.name }}") == ["m.yaml:7:15: a key must be a word\n  \(hint)"])
        #expect(
            told(remind + "    message: {{ client.name }} is late") == [
                "m.yaml:7:32: this does not line up with what is above it\n  \(hint)"
            ])
    }

    @Test func `a file that is too large is refused where it is`() {
        let text = String(repeating: "# 45678\n", count: 32 * 1024) + "k"
        #expect(told(text) == ["m.yaml:32769:1: the file is larger than 256 KiB\n  split it into several files"])
        #expect(told(String(text.dropLast())) == [])
    }

    @Test func `too many values are refused at the first that is too many`() {
        let list = (0..<10_001).map { _ in "a" }.joined(separator: ",")
        #expect(
            told("[\(list)]") == [
                "m.yaml:1:20000: the file holds more than 10,000 values\n  split it into several files"
            ])
        let far = String(repeating: "- a\n", count: 15_001)
        #expect(
            told(far) == ["m.yaml:15001:2: the file holds more than 10,000 values\n  split it into several files"])
    }

    @Test func `what is nested too deeply is refused`() {
        let hint = "no manifest needs that; look at the brackets"
        for depth in [33, 500, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let problems = told(text)
            #expect(problems.count == 1)
            if depth <= 500 {
                #expect(problems == ["m.yaml:1:33: this is nested deeper than 32 levels\n  \(hint)"])
            }
        }
        let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(told(deepest).count == 1)
        #expect(told(deepest)[0].contains("a document must be keys and values"))
    }

    @Test func `text that is not UTF-8 is refused where it stops being it`() {
        let bytes = Array("kind: Client\ntitle: Z".utf8) + [0xFC] + Array("rich\n".utf8)
        let problems = ManifestReader.read(bytes: bytes, file: "m.yaml").problems
        #expect(problems.map(\.description) == ["m.yaml:2:9: this is not UTF-8 text\n  save the file as UTF-8"])
        let wide = ManifestReader.read(bytes: [0xFF, 0xFE, 0x6B, 0], file: "m.yaml").problems
        #expect(wide.map(\.description) == ["m.yaml:1:1: this is not UTF-8 text\n  save the file as UTF-8"])
    }

    @Test func `hidden characters are refused`() {
        #expect(told("kind: a\0") == ["m.yaml:1:8: a hidden character (U+0000) is not allowed\n  take it out"])
        #expect(told("k: \u{1B}[31m") == ["m.yaml:1:4: a hidden character (U+001B) is not allowed\n  take it out"])
        #expect(told("k: \u{202E}") == ["m.yaml:1:4: a hidden character (U+202E) is not allowed\n  take it out"])
        #expect(told("k: \u{E000}") == ["m.yaml:1:4: a private character (U+E000) is not allowed\n  take it out"])
    }

    @Test func `a byte-order mark, CRLF and comments are fine`() throws {
        #expect(told("") == [])
        #expect(told("# nothing\n---\n# nothing here either\n---\n") == [])
        let plain = try definition("kind: Calendar\nname: c\n")
        #expect(try definition("\u{FEFF}kind: Calendar\r\nname: c\r\n") == plain)
        #expect(
            told("kind: Calendar\r\nname: c\r\nday: x\r\n") == ["m.yaml:3:1: unknown key 'day'\n  did you mean 'days'?"]
        )
        #expect(told("kind: Calendar\rname: c\rday: x\r").map { $0.prefix(10) } == ["m.yaml:3:1"])
    }

    @Test(arguments: [
        ("kind: Job\n\tname: x\n", "m.yaml:2:1: a tab cannot indent\n  use spaces"),
        (
            "kind: Job\nname: a: b\n",
            "m.yaml:2:8: ':' is not allowed here\n"
                + "  put a text that holds ': ' in quotes, or look at the indentation"
        ),
        (
            "kind: Job\nname\nqueue: x\n",
            "m.yaml:2:1: this is no 'key: value'\n  a ':' and a space are missing, or the indentation is wrong"
        ),
        (
            "kind: Job\nname: \"x\n",
            "m.yaml:2:7: the quote that begins here is never closed\n  close it, or take it out"
        ),
        (
            "kind: Job\nlabels: [a, b\nname: x\n",
            "m.yaml:3:5: a ',' or ']' is missing\n  the '[' is in line 2, column 9"
        ),
        (
            "kind: Job\nlabels: {a: b\nname: x\n",
            "m.yaml:3:5: a ',' or '}' is missing\n  the '{' is in line 2, column 9"
        ),
        (
            "kind: - a\n", "m.yaml:1:7: a list cannot begin here\n  put '- ' on a line of its own"
        ),
        ("kind: @a\n", "m.yaml:1:7: a value cannot begin with '@'\n  put it in quotes"),
        (
            "kind: \"\\d\"\n",
            "m.yaml:1:8: this escape is not known\n  write '\\\\' for a backslash, or use single quotes"
        ),
        (
            "kind: Job\n name: x\n",
            "m.yaml:2:6: ':' is not allowed here\n"
                + "  put a text that holds ': ' in quotes, or look at the indentation"
        ),
        ("- a\n", "m.yaml:1:1: a document must be keys and values\n  begin it with 'kind: Job', for instance"),
        ("just text\n", "m.yaml:1:1: a document must be keys and values\n  begin it with 'kind: Job', for instance"),
    ])
    func `faults of YAML are told in plain words`(text: String, problem: String) {
        #expect(told(text) == [problem])
    }

    @Test func `a document that is no YAML does not hide the others, nor is it unknown to them`() {
        let text = """
            kind: Client
            name: harbour
            timezone: UTC
            title: [x]
            ---
            kind: Window
            name: night
            opens: {cron: "0 2 * * *"
            ---
            kind: Job
            name: j
            clients: [harbour]
            window: night
            priority: high
            schedule: {every: 1h}
            action: {task: {assignee: desk}}
            """
        #expect(
            told(text) == [
                "m.yaml:4:8: 'title' must be a text of one line, not a list\n"
                    + "  write it as a text, in quotes where it holds ': ' or begins with a special character",
                "m.yaml:9:1: a ',' or '}' is missing\n  the '{' is in line 8, column 8",
                "m.yaml:14:11: 'priority' must be a whole number from 0 to 100, not 'high'\n  such as 50",
            ])
    }
}
