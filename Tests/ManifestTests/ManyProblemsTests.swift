import Manifest
import Testing

/// All problems are told at once, in the order of the text.
@Suite struct ManyProblemsTests {
    @Test func `a file with a problem in almost every line`() {
        let text = """
            kind: Job
            name: Patch_Servers
            windw: x
            clients: harbour-dental
            schedule: {cron: 0 24 * * *, timezone: Nowhere/At-All-Xyz}
            labels: &l {a: b}
            labels: {c: d}
            priority: 101
            overlap: wait
            rollout: {}
            retry: {attempts: 010, factor: 11}
            within: 5
            action:
              exec:
                command: ls -l
                timeout: 8d
                environment: {A: *x, 1B: c}
            ---
            kind: Window
            name: w
            opens: {cron: */5 * * * *}
            duration: 3h
            atClose: end
            ---
            kind: Jbo
            """
        let places = told(text).map { $0.split(separator: ": ")[0].dropFirst("m.yaml:".count) }
        #expect(
            places == [
                "2:7", "3:1", "4:10", "5:20", "5:40", "6:9", "7:1", "8:11", "9:10", "10:10", "11:19", "11:32", "12:9",
                "15:14", "16:14", "17:22", "17:26", "21:15", "23:10", "25:7",
            ])
    }

    @Test func `there is an end to it`() {
        let keys = (0..<1000).map { "k\($0): 1" }.joined(separator: "\n")
        let problems = told("kind: Calendar\nname: c\n\(keys)\n")
        #expect(problems.count == 257)
        #expect(problems.last == "m.yaml:1003:1: there are more problems than these\n  mend these first")
    }

    @Test func `a message holds nothing that a terminal would obey`() {
        let problems = told("kind: Calendar\nname: c\n\"\\e[31mred\\u202E\": 1\n")
        #expect(
            problems == [
                "m.yaml:3:1: unknown key '<U+001B>[31mred<U+202E>'\n  known are kind, name, days, freezes"
            ])
        let named = ManifestReader.read(text: "k: 1", file: "a\u{1B}[2J.yaml").problems.map(\.description)
        #expect(named.first?.hasPrefix("a<U+001B>[2J.yaml:1:1: ") == true)
    }

    @Test func `what is very long is cut short in a message`() {
        let problems = told("kind: Calendar\nname: c\n\(String(repeating: "k", count: 900)): 1\n")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:3:1: unknown key '\(String(repeating: "k", count: 59))…'\n"))
    }
}
