import Manifest
import Testing

/// Values that are not what their field wants.
@Suite struct ValueTests {
    @Test func `an unknown key is told with the nearest known one`() {
        #expect(told(job("windw: x")) == ["m.yaml:3:1: unknown key 'windw'\n  did you mean 'window'?"])
        #expect(told(job(exec: "comand: x")) == ["m.yaml:9:5: unknown key 'comand'\n  did you mean 'command'?"])
    }

    @Test func `a key that belongs somewhere else is sent there`() {
        #expect(told(job("timeout: 5m")) == ["m.yaml:3:1: unknown key 'timeout'\n  it belongs in 'action.exec'"])
        let window = "kind: Window\nname: w\nduration: 1h\nopens: {cron: \"0 2 * * *\", timezone: UTC}\n"
        #expect(told(window) == ["m.yaml:4:28: unknown key 'timezone'\n  it belongs in 'Window'"])
    }

    @Test func `a key that is like no other is told with all that there are`() {
        #expect(
            told("kind: Calendar\nname: c\nquixotic: 1\n") == [
                "m.yaml:3:1: unknown key 'quixotic'\n  known are kind, name, days, freezes"
            ])
    }

    @Test func `what is missing is told`() {
        #expect(
            told("kind: Job\nname: j\n") == [
                "m.yaml:1:1: 'action' is missing\n  every Job has one",
                "m.yaml:1:1: 'schedule' is missing\n  every Job has one",
            ])
        #expect(
            told("kind: Asset\n") == [
                "m.yaml:1:1: 'client' is missing\n  every Asset has one",
                "m.yaml:1:1: 'is' is missing\n  every Asset has one",
                "m.yaml:1:1: 'name' is missing\n  every Asset has one",
            ])
        #expect(
            told("name: x\n") == [
                "m.yaml:1:1: 'kind' is missing\n  it is one of Client, Calendar, Window, Asset, Job"
            ])
    }

    @Test(arguments: [
        ("kind: Jbo\n", "m.yaml:1:7: unknown kind 'Jbo'\n  did you mean 'Job'?"),
        ("kind: job\n", "m.yaml:1:7: unknown kind 'job'\n  did you mean 'Job'?"),
        ("kind: Server\n", "m.yaml:1:7: unknown kind 'Server'\n  known are Client, Calendar, Window, Asset, Job"),
        ("kind:\n", "m.yaml:1:6: 'kind' has no value\n  give it a kind, or leave the key out"),
        ("knd: Job\n", "m.yaml:1:1: unknown key 'knd'\n  did you mean 'kind'?"),
    ])
    func `the kind is one of five`(text: String, problem: String) {
        #expect(told(text) == [problem])
    }

    /// The traps of YAML 1.1, in which these are 1350, false, a date in March, 8, 100000 and 1.
    @Test(arguments: [
        ("within: 22:30", "9: 'within' must be a span from 1s to 10 years, not '22:30'"),
        ("within: no", "9: 'within' must be a span from 1s to 10 years, not 'no'"),
        ("priority: 010", "11: 'priority' must be a whole number from 0 to 100, not '010'"),
        ("priority: 1_0", "11: 'priority' must be a whole number from 0 to 100, not '1_0'"),
        ("priority: 0x10", "11: 'priority' must be a whole number from 0 to 100, not '0x10'"),
        ("priority: 1e1", "11: 'priority' must be a whole number from 0 to 100, not '1e1'"),
        ("priority: yes", "11: 'priority' must be a whole number from 0 to 100, not 'yes'"),
        ("priority: ٣", "11: 'priority' must be a whole number from 0 to 100, not '٣'"),
        ("priority: 1.0", "11: 'priority' must be a whole number from 0 to 100, not '1.0'"),
        ("priority: -1", "11: 'priority' must be a whole number from 0 to 100, not '-1'"),
        ("priority: 101", "11: 'priority' must be a whole number from 0 to 100, not '101'"),
        (
            "priority: 99999999999999999999",
            "11: 'priority' must be a whole number from 0 to 100, not '99999999999999999999'"
        ),
        ("priority: [1]", "11: 'priority' must be a whole number from 0 to 100, not a list"),
        ("priority: {a: 1}", "11: 'priority' must be a whole number from 0 to 100, not keys and values"),
        ("priority:", "10: 'priority' has no value"),
        ("retry: {attempts: 101}", "19: 'attempts' must be a whole number from 1 to 100, not '101'"),
        ("retry: {attempts: 0}", "19: 'attempts' must be a whole number from 1 to 100, not '0'"),
        ("retry: {factor: 10.5}", "17: 'factor' must be a number from 1 to 10, not '10.5'"),
        ("retry: {factor: .inf}", "17: 'factor' must be a number from 1 to 10, not '.inf'"),
        ("retry: {wait: 1h, most: 1m}", "25: 'most' (1m) is less than 'wait' (1h)"),
        ("within: 0s", "9: 'within' must be a span from 1s to 10 years, not '0s'"),
        ("within: 3651d", "9: 'within' must be a span from 1s to 10 years, not '3651d'"),
        ("within: 5", "9: 'within' must be a span from 1s to 10 years, not '5'"),
        ("within: 1m1h", "9: 'within' must be a span from 1s to 10 years, not '1m1h'"),
        ("within: -1h", "9: 'within' must be a span from 1s to 10 years, not '-1h'"),
        ("queue: Linux", "8: 'queue' must be a name, not 'Linux'"),
        ("queue: \"\"", "8: 'queue' is empty"),
        ("summary: \"a\\nb\"", "10: 'summary' holds more than one line"),
        ("summary: \"a\\eb\"", "10: 'summary' holds a hidden character (U+001B)"),
        ("summary: \"\\u202Eb\"", "10: 'summary' holds a hidden character (U+202E)"),
        ("overlap: skp", "10: 'overlap' must be skip or queue or allow or replace, not 'skp'"),
        ("clients: harbour", "10: 'clients' must be all, a list of names or {labels: …}, not 'harbour'"),
        ("clients: []", "10: 'clients' has 0 entries"),
        ("targets: server", "10: 'targets' must be keys and values, not 'server'"),
        ("labels: {-a: b}", "10: '-a' cannot be a key of 'labels'"),
        ("labels: [a, b]", "9: 'labels' must be keys and values, not a list"),
        ("labels: {a: [b]}", "13: 'a' must be a text of one line, not a list"),
    ])
    func `scalars are what was written, and types what the field wants`(line: String, problem: String) {
        let problems = told(job(line))
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("m.yaml:3:\(problem)") == true, "\(problems)")
    }

    @Test(arguments: [
        ("name: Patch_Servers", "patch-servers"), ("name: -a-", "a"), ("name: Ä", ""),
        ("name: \(String(repeating: "a", count: 64))", String(repeating: "a", count: 63)),
    ])
    func `a name that is none is told with one that is`(line: String, suggestion: String) {
        let problems = told("kind: Calendar\n\(line)\n")
        let hint = "use a-z, 0-9 and '-' inside, at most 63 in all"
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:2:7: 'name' must be a name, not '"))
        #expect(problems[0].hasSuffix("\n  " + hint + (suggestion.isEmpty ? "" : ": '\(suggestion)'")))
    }

    @Test(arguments: [
        ("UTC+3", "a fixed offset is written 'Etc/GMT-3' (its sign is the other way)"),
        ("Europe/Berln", "did you mean 'Europe/Berlin'"), ("europe/berlin", "did you mean 'Europe/Berlin'"),
    ])
    func `a zone is an IANA name to the letter`(zone: String, hint: String) {
        let problems = told("kind: Client\nname: c\ntimezone: \(zone)\n")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:3:11: unknown time zone '\(zone)'\n  \(hint)"), "\(problems)")
    }

    @Test func `a zone with a NUL behind it is refused`() {
        #expect(
            told("kind: Client\nname: c\ntimezone: \"Europe/Berlin\\0x\"\n") == [
                "m.yaml:3:11: 'timezone' holds a hidden character (U+0000)\n  take it out"
            ])
    }

    @Test(arguments: [
        ("{date: 2024-02-30}", "15: 'date' must be a date that exists, not '2024-02-30'\n  write it like 2026-12-25"),
        ("{date: 2026-13-01}", "15: 'date' must be a date that exists, not '2026-13-01'\n  write it like 2026-12-25"),
        ("{date: 26-1-1}", "15: 'date' must be a date that exists, not '26-1-1'\n  write it like 2026-12-25"),
        ("{name: x}", "8: 'days' needs one of date, rrule\n  add one of them"),
        ("{rrule: FREQ=DAILY}", "9: 'starting' is missing\n  'rrule' needs it"),
        (
            "{date: 2026-01-01, starting: 2026-01-01}",
            "27: 'starting' has a meaning only with 'rrule'\n  leave it out, or add 'rrule'"
        ),
    ])
    func `days of a calendar exist`(day: String, problem: String) {
        #expect(told("kind: Calendar\nname: c\ndays: [\(day)]\n") == ["m.yaml:3:\(problem)"])
    }

    @Test func `a calendar has a hundred rules at most`() {
        let rule = "  - {rrule: FREQ=YEARLY, starting: 2026-01-01}\n"
        let calendar = "kind: Calendar\nname: c\ndays:\n"
        #expect(told(calendar + String(repeating: rule, count: 100)) == [])
        #expect(
            told(calendar + String(repeating: rule, count: 101)) == [
                "m.yaml:4:3: 'days' has 101 rules\n  at most 100 are allowed; dates are cheaper"
            ])
    }

    @Test func `a freeze does not end before it begins`() {
        #expect(
            told("kind: Calendar\nname: c\nfreezes:\n  - {from: 2026-12-19, through: 2026-12-01}\n") == [
                "m.yaml:4:33: 'through' (2026-12-01) is before 'from' (2026-12-19)\n  swap the two"
            ])
    }

    @Test(arguments: [
        ("{cron: \"0 24 * * *\"}", 21), ("{cron: '0 24 * * *'}", 21), ("{cron: 0 24 * * *}", 20),
        ("{rrule: \"FREQ=DAILY;BYMONTH=13\", starting: 2026-01-01T00:00}", 39),
    ])
    func `a fault of a rule is told at its very letter`(schedule: String, column: Int) {
        let problems = told(job(schedule: schedule))
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:\(column): "), "\(problems)")
    }

    @Test func `a fault of a rule that is written over lines is told where it begins`() {
        #expect(told(job(schedule: "{cron: \"0 24\n    * * *\"}"))[0].hasPrefix("m.yaml:4:18: "))
    }

    @Test(arguments: [
        ("{}", "4:11: 'schedule' needs one of cron, rrule, every\n  add one of them"),
        ("{cron: \"0 2 * * *\", every: 1h}", "4:31: 'every' cannot stand beside 'cron'\n  keep one of the two"),
        ("{every: 1h, offset: 1d}", "4:23: 'offset' has a meaning only with 'rrule'\n  leave it out, or add 'rrule'"),
        (
            "{every: 0s}",
            "4:19: 'every' must be a span from 1s to 10 years, not '0s'\n  write it like 45s, 30m, 3h, 1h30m, 5d or 2w"
        ),
        (
            "{rrule: FREQ=DAILY, starting: 2026-01-01}",
            "4:41: 'starting' must be a local time that exists, not '2026-01-01'\n  write it like 2026-01-13T02:00"
        ),
        (
            "daily",
            "4:11: 'schedule' must be keys and values, not 'daily'\n  its keys are "
                + "cron, rrule, every, starting, offset, businessDay, holidays, including, excluding, timezone, spread"
        ),
    ])
    func `a schedule is one of three kinds`(schedule: String, problem: String) {
        #expect(told(job(schedule: schedule)) == ["m.yaml:\(problem)"])
    }

    @Test(arguments: [
        ("{opens: {cron: \"0 2 * * *\"}}", "'duration' is missing"),
        ("{outside: business-hours, duration: 1h}", "'duration' has a meaning only with 'opens'"),
        ("{cutoff: 1h}", "a Window needs one of opens, outside"),
        (
            "{opens: {cron: \"0 2 * * *\"}, duration: 1h, outside: business-hours}",
            "'outside' cannot stand beside 'opens'"
        ),
    ])
    func `a window opens, or is outside of something`(keys: String, message: String) {
        let problems = told("{kind: Window, name: w, \(keys.dropFirst())")
        #expect(problems.count == 1)
        #expect(problems[0].contains(": \(message)\n"), "\(problems)")
    }

    @Test func `business hours are told at their letter`() {
        let problems = told("kind: Client\nname: c\ntimezone: UTC\nbusinessHours: [\"Mon-Fry 08:00-18:00\"]\n")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("m.yaml:4:18: 'Mon-Fry' is not a day of the week"), "\(problems)")
    }
}
