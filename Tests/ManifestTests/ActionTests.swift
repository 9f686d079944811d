import Manifest
import Testing

/// What is wrong with actions.
@Suite struct ActionTests {
    private func told(action: String) -> [String] {
        ManifestTests.told("kind: Job\nname: j\nschedule: {every: 1h}\naction: \(action)\n")
    }

    @Test(arguments: [
        ("{}", "9: 'action' needs one of exec, task, remind\n  add one of them"),
        (
            "{exec: {command: [a], timeout: 1m}, task: {assignee: a}}",
            "45: 'task' cannot stand beside 'exec'\n  keep one of the two"
        ),
        ("{exec: {command: [a]}}", "16: 'timeout' is missing\n  'exec' needs it"),
        (
            "{exec: {command: [a], timeout: 8d}}",
            "40: 'timeout' must be a span from 1s to 7d, not '8d'\n  write it like 45s, 30m, 3h, 1h30m, 5d or 2w"
        ),
        (
            "{exec: {command: ls -l, timeout: 1m}}",
            "26: 'command' must be a list, not 'ls -l'\n  write the program and its arguments one by one: [ls, -l, /tmp]"
        ),
        ("{exec: {command: [], timeout: 1m}}", "26: 'command' has 0 entries\n  from 1 to 256 are allowed"),
        ("{exec: {command: [\"\"], timeout: 1m}}", "26: 'command' names no program\n  its first entry is the program"),
        (
            "{exec: {command: [a], timeout: 1m, directory: x}}",
            "55: 'directory' must be absolute, not 'x'\n  begin it with '/'"
        ),
        (
            "{exec: {command: [a], timeout: 1m, okExitCodes: [256]}}",
            "58: 'okExitCodes' must be a whole number from 0 to 255, not '256'\n  such as 0"
        ),
        (
            "{exec: {command: [a], timeout: 1m, environment: {1A: x}}}",
            "58: '1A' cannot be a key of 'environment'\n  use letters, digits and '_', and no digit at the beginning"
        ),
        (
            "{exec: {command: [a], timeout: 1m, environment: {A: {secret: ../x}}}}",
            "70: 'secret' must be the name of a secret, not '../x'\n  use letters, digits and '.', '_', '-' inside, at most 63 in all"
        ),
        (
            "{exec: {command: [\"a\\0\"], timeout: 1m}}",
            "27: 'command' holds a hidden character (U+0000)\n  take it out"
        ),
        ("{task: {steps: [a]}}", "16: 'assignee' is missing\n  'task' needs it"),
        (
            "{task: {assignee: a, evidence: always}}",
            "40: 'evidence' must be required or optional, not 'always'\n  known are required, optional"
        ),
        (
            "{task: {assignee: a, review: {fact: purchased, olderThan: old}}}",
            "67: 'olderThan' must be an age from 1d to 100y, not 'old'\n  write it like 5y, 90d or 2w"
        ),
        ("{remind: {to: {file: f}}}", "18: 'message' is missing\n  'remind' needs it"),
        ("{remind: {to: {}, message: m}}", "23: 'to' needs one of file, webhook\n  add one of them"),
        (
            "{remind: {to: {file: f}, message: m, repeat: 1d}}",
            "54: 'repeat' would never end\n  add 'acknowledge: required', which ends it"
        ),
        ("{task: {assignee: a, steps: [\"x {{ due }}\"]}}", "41: '{{' is not filled in here\n  write it out"),
        ("{remind: {to: {file: \"a {{ due }}\"}, message: m}}", "33: '{{' is not filled in here\n  write it out"),
    ])
    func `each fault has its place and its remedy`(action: String, problem: String) {
        #expect(told(action: action) == ["m.yaml:4:\(problem)"])
    }

    @Test(arguments: [
        ("ftp://x", "must be an http or https address, not 'ftp://x'"),
        ("file:///etc/passwd", "must be an http or https address, not 'file:///etc/passwd'"),
        ("https://u:p@x/y", "holds a user or password"), ("https:///x", "names no host in 'https:///x'"),
        ("https://x:99999/", "names no host in 'https://x:99999/'"),
        ("https://x/a b", "holds a character that an address cannot have"),
        ("http://", "names no host in 'http://'"),
    ])
    func `a webhook is a web address without secrets`(address: String, message: String) {
        let problems = told(action: "{remind: {to: {webhook: \"\(address)\"}, message: m}}")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:33: 'webhook' \(message)\n"), "\(problems)")
    }

    @Test(arguments: [
        "https://chat.example/hooks/1?x=y#z", "http://[::1]:8080", "HTTPS://localhost", "http://10.0.0.1:1/x",
    ])
    func `a webhook may be any address that can be posted to`(address: String) {
        #expect(told(action: "{remind: {to: {webhook: \"\(address)\"}, message: m}}") == [])
    }

    @Test(arguments: [
        ("command: [a, \"-h={{ asset.name }}\"]", 34, "'{{ asset.name }}' has no meaning in a job without targets"),
        ("command: [a, \"{{ client.nmae }}\"]", 31, "unknown field '{{ client.nmae }}'"),
        ("command: [a, \"x {{ due\"]", 33, "'{{' is never closed"),
        ("command: [a], environment: {A: \"{{ x }}\"}", 49, "unknown field '{{ x }}'"),
        ("command: [a], input: \"{{ x }}\"", 39, "unknown field '{{ x }}'"),
        ("command: [a], directory: \"/{{ x }}\"", 44, "unknown field '{{ x }}'"),
    ])
    func `an unknown field of a template is told at its braces`(keys: String, column: Int, problem: String) {
        let problems = told(action: "{exec: {\(keys), timeout: 1m}}")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:\(column): \(problem)\n"), "\(problems)")
    }
}
