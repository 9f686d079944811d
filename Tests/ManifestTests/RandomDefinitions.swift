import Model
import Recurrence
import SeededDice

/// Definitions of which every field takes many values, those that YAML could mistake among them.
struct RandomDefinitions {
    var random: Dice

    private static let texts = [
        "plain", "no", "null", "~", "22:30", "010", "1e3", "0x1F", "2026-02-29", "2026-02-28", "", " lead", "trail ",
        "a: b", "a #b", "#a", "- a", "-", "--x", "---", "[a]", "{a: b}", "a, b", "*a", "&a", "!a", "a*b&c!d", "%a",
        "@a",
        "`a`", "'a'", "\"a\"", "a\\b", "it's", "ends:", "?", "? a", "|", ">", "<<", "=", "Zürich", "日本", "🙂", "é",
        "x\u{A0}y",
        "on", "Yes", "3.14", ".5", "1_000", "+1", "-1", "https://x.example/a?b=c#d", "/usr/bin/env",
        "a\tb".replacing("\t", with: " "),
    ]
    private static let zones = ["UTC", "Europe/London", "America/Vancouver", "Asia/Kolkata"]

    mutating func definition() -> Definition {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .client(client())
        case 1: .calendar(calendar())
        case 2: .window(window())
        case 3: .asset(asset())
        default: .job(job())
        }
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
        Bool.random(using: &random) ? make(&self) : nil
    }

    private mutating func some<Value>(_ range: ClosedRange<Int>, _ make: (inout Self) -> Value) -> [Value] {
        (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
    }

    private mutating func name() -> String {
        pick(["a", "n0", "no", "on", "1", "22", "patch-servers", "x-9-y", "null"])
    }

    /// One line, as it stands in a title: not empty.
    private mutating func line() -> String {
        let text = pick(Self.texts) + (Bool.random(using: &random) ? pick(Self.texts) : "")
        return text.isEmpty ? "x" : text
    }

    /// Several lines, with blanks in all places.
    private mutating func text() -> String {
        let lines = some(1...4) { $0.pick(Self.texts) }
        let text = lines.joined(separator: "\n") + pick(["", "\n", "\n\n", "\n ", "\t"])
        return text.isEmpty ? "x" : text
    }

    private mutating func map(_ value: (inout Self) -> String) -> [String: String] {
        var map: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            map[pick(["os", "no", "A.b", "x/y", "1", "n"])] = value(&self)
        }
        return map
    }

    private mutating func span(from least: Int64 = 1) -> Span {
        Span(days: pick([0, 0, 1, 14, 365]), seconds: least + pick([0, 1, 59, 60, 3599, 86_400, 90_061]))
    }

    private mutating func client() -> Client {
        Client(
            name: name(), title: maybe { $0.line() }, timezone: pick(Self.zones),
            businessHours: some(0...2) {
                $0.pick(["Mon-Fri 08:00-18:00", "daily 22:00-06:00", "Sat,Sun 00:00-24:00"])
            },
            holidays: some(0...2) { $0.name() }, labels: map { $0.pick(Self.texts) }, contacts: map { $0.line() },
            atOnce: maybe { $0.pick([1, 20]) })
    }

    private mutating func date() -> CivilDate { CivilDate(daysSinceEpoch: Int.random(in: 0..<30_000, using: &random)) }

    private mutating func local() -> LocalTime {
        LocalTime(date: date(), hour: 2, minute: 30, second: pick([0, 15])) ?? LocalTime(date: date())!
    }

    private mutating func calendar() -> Calendar {
        let days = some(0...3) { random in
            Bool.random(using: &random.random)
                ? Calendar.Day(date: random.date(), name: random.maybe { $0.line() })
                : Calendar.Day(
                    rrule: random.pick(["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=7;BYDAY=-1MO"]), starting: random.date(),
                    name: random.maybe { $0.line() })
        }
        let freezes = some(0...2) { random in
            let from = random.date()
            return Calendar.Freeze(from: from, through: from.adding(days: 3), reason: random.maybe { $0.line() })
        }
        return Calendar(name: name(), days: days, freezes: freezes)
    }

    private mutating func schedule(isWindow: Bool) -> ScheduleRule {
        let zone = isWindow ? nil : maybe { $0.pick(Self.zones) }
        let move = maybe { $0.pick([.onOrAfter, .onOrBefore, .after(2), .before(250)] as [BusinessDayMove]) }
        switch Int.random(in: 0..<(isWindow ? 2 : 3), using: &random) {
        case 0:
            return ScheduleRule(
                cron: pick(["0 2 * * SUN", "*/5 * * * *", "@daily"]),
                including: maybe { $0.some(1...3) { $0.local() } },
                timezone: zone)
        case 1:
            return ScheduleRule(
                rrule: pick(["FREQ=MONTHLY;BYDAY=2TU", "FREQ=DAILY;COUNT=3"]),
                starting: local(), offset: maybe { $0.span(from: 0) }, businessDay: move,
                holidays: move == nil ? nil : maybe { $0.some(0...2) { $0.name() } },
                excluding: maybe { $0.some(1...3) { $0.local() } }, timezone: zone)
        default: return ScheduleRule(every: span(), timezone: zone)
        }
    }

    private mutating func window() -> WindowRule {
        let isOutside = Bool.random(using: &random)
        return WindowRule(
            name: name(), opens: isOutside ? nil : schedule(isWindow: true), duration: isOutside ? nil : span(),
            outside: isOutside ? .businessHours : nil, cutoff: maybe { $0.span(from: 0) },
            timezone: maybe { $0.pick(Self.zones) }, except: some(0...2) { $0.name() },
            atClose: maybe { _ in .stop })
    }

    private mutating func asset() -> Asset {
        Asset(
            name: name(), client: name(), kind: pick(["server", "laptop", "no"]),
            endpoint: maybe { Bool.random(using: &$0.random) }, labels: map { $0.pick(Self.texts) },
            facts: map { $0.pick(Self.texts) })
    }

    private mutating func job() -> Job {
        let wait = span(from: 0)
        var job = Job(
            name: name(), summary: maybe { $0.line() }, labels: map { $0.pick(Self.texts) }, clients: clients(),
            schedule: schedule(isWindow: false), window: maybe { $0.name() },
            targets: maybe {
                TargetSelector(
                    kinds: $0.some(0...3) { $0.name() }, labels: $0.map { $0.pick(Self.texts) },
                    condition: $0.maybe { $0.pick(Self.conditions) })
            },
            within: maybe { $0.span() }, lead: maybe { $0.span(from: 0) }, priority: pick([0, 50, 100]),
            queue: pick(["default", "linux"]),
            retry: RetryPolicy(
                attempts: pick([1, 3, 100]), wait: wait, factor: pick([1, 1.5, 2, 10]),
                most: pick([wait, Span(days: 400, seconds: 200_000)])),
            action: action())
        job.catchUp = pick([.latest, .all, .none])
        job.overlap = pick([.skip, .queue, .allow, .replace])
        job.pauseOnFailure = maybe { _ in true }
        job.schedule.spread = maybe { $0.span() }
        job.requires = maybe { $0.some(1...3) { $0.requirement(withGuards: job.action.isExec) } }
        if case .task = job.action { return job }
        let absences: [Job.WhenOffline] = job.window == nil ? [.skip, .asap] : [.skip, .nextWindow, .asap]
        if job.action.isExec { job.whenOffline = maybe { $0.pick(absences) } }
        job.atOnce = maybe { $0.pick([1, 1000]) }
        job.repeatable = maybe { _ in false }
        guard job.targets != nil else { return job }
        job.exclusive = maybe { _ in true }
        job.rollout = maybe { random in
            Rollout(
                rings: random.maybe { random in
                    random.some(1...2) { random in
                        Rollout.Ring(match: random.map { $0.pick(Self.texts) }, soak: random.maybe { $0.span(from: 0) })
                    }
                },
                atOnce: random.pick([.number(7), .share(10), .share(100)]),
                stopAfter: random.maybe { $0.pick([.number(0), .share(1)]) },
                apart: random.maybe { $0.pick(["ha", "pair"]) }, across: random.maybe { _ in .clients })
        }
        return job
    }

    private mutating func requirement(withGuards: Bool) -> Requirement {
        switch Int.random(in: 0..<(withGuards ? 4 : 2), using: &random) {
        case 0: .succeeded(job: name(), within: span())
        case 1: .noFinding(pick([.info, .warning, .critical]))
        case 2: .file("/run/a b")
        default: .exec(command: ["/bin/x", "{{ client.name }}"], timeout: Span(seconds: 300))
        }
    }

    private static let conditions = [
        Selector([
            SelectorTerm(.label("ring"), .isNoneOf(["canary", "two words: '\"' #"])),
            SelectorTerm(.fact("purchased"), .compares(.less, .ago(Age(.years(5))))),
        ]),
        Selector([SelectorTerm(.fact("ram"), .compares(.atLeast, .number(16, "16")))]),
        Selector([SelectorTerm(.label("ha"), .isAbsent)]),
    ]

    private mutating func clients() -> ClientSelector {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .all
        case 1: .named(some(1...3) { $0.name() })
        default: .labels(map { $0.pick(Self.texts) })
        }
    }

    private mutating func action() -> Action {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .exec(exec())
        case 1:
            .task(
                TaskAction(
                    assignee: line(), steps: some(0...4) { $0.text() }, evidence: pick([.required, .optional]),
                    review: maybe {
                        TaskAction.Review(
                            kinds: $0.some(0...2) { $0.name() }, fact: "purchased",
                            olderThan: Age($0.pick(["5y", "90d", "2w"])) ?? Age(.years(1)))
                    }))
        default:
            .remind(
                RemindAction(
                    to: pick([.file("a b.log"), .webhook("https://x.example/y?z=1")]), message: text(),
                    acknowledge: .required,
                    repeat: maybe { $0.span() }))
        }
    }

    private mutating func exec() -> ExecAction {
        var environment: [String: ExecAction.Value] = [:]
        for key in some(0...3, { $0.pick(["PATH", "_x", "A1", "NO"]) }) {
            environment[key] = pick([.text(text()), .text(""), .secret("patch-token")])
        }
        return ExecAction(
            command: ["/bin/x"] + some(0...6) { $0.pick([$0.text(), "", "{{ client.name }}"]) },
            timeout: Span(seconds: pick([1, 60, 604_800])), directory: maybe { _ in "/srv/a b" },
            environment: environment,
            input: maybe { $0.text() }, okExitCodes: pick([[0], [0, 3], [255]]))
    }
}

extension Action {
    fileprivate var isExec: Bool { if case .exec = self { true } else { false } }
}
