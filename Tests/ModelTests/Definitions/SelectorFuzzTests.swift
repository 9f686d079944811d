import FoundationEssentials
import Model
import Recurrence
import SeededDice
import Testing

/// Selectors that nobody thought of.
struct SelectorFuzzTests {
    private static let keys = ["os", "ring", "name", "is", "fact.os", "label.x", "a/b.c-d_e", "before", "in", "today"]
    private static let texts = [
        "linux", "", "two words", "it's", "say \"no\"", "back\\slash", "a,b", "(x)", "5y", "today", "ü–😀", "1=1", "!",
    ]

    @Test func `what is written is read as the same again`() throws {
        var random = Seeded("selectors are read as they are written")
        for _ in 0..<2000 {
            let selector = Selector((0..<Int.random(in: 1...5, using: &random)).map { _ in Self.term(&random) })
            let text = selector.description
            #expect(try Selector(parsing: text) == selector, "\(text) (ROTA_SEED=\(random.seed))")
            let stored = try JSONEncoder().encode(TargetSelector(condition: selector))
            #expect(try JSONDecoder().decode(TargetSelector.self, from: stored).condition == selector)
        }
    }

    @Test func `hostile text is read or refused with a place inside of it`() throws {
        var random = Seeded("hostile selectors")
        let pieces =
            Self.keys + Self.texts + [
                "=", "==", "!=", "<", ">=", "!", ",", "(", ")", "\"", "'", "\\", " ", "\n", "\0", "notin", "exists",
                "after", "within", "fact.", "label.", "2026-12-31", "-", "999999999999999999999999999y", "\u{FEFF}",
            ]
        let today = try #require(CivilDate("2026-02-15"))
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(pieces) }.joined()
            let read = Result<Selector, RuleError> { () throws(RuleError) in try Selector(parsing: text) }
            switch read {
            case .success(let selector):
                _ = SelectorTests.assets.map { selector.matches($0, on: today) }
                let again = try Selector(parsing: selector.description)
                #expect(again == selector, "\(text) (ROTA_SEED=\(random.seed))")
            case .failure(let error):
                let offset = error.offset ?? 0
                #expect((0...text.utf8.count).contains(offset), "\(text) (ROTA_SEED=\(random.seed))")
            }
        }
    }

    @Test func `values are of the kind that their text says, and nothing is guessed`() {
        let values: [(String, FactValue)] = [
            ("2021-03-09", .date(CivilDate(daysSinceEpoch: 18_695))), ("2024-02-30", .text("2024-02-30")),
            ("16", .number(16)), ("-3.5", .number(-3.5)), ("0.5", .number(0.5)), ("007", .text("007")),
            (".5", .text(".5")), ("1e3", .text("1e3")), ("1.2.3", .text("1.2.3")), ("16 GB", .text("16 GB")),
            ("true", .yesOrNo(true)), ("no", .text("no")), ("", .text("")), ("-", .text("-")),
            (String(repeating: "9", count: 31), .text(String(repeating: "9", count: 31))),
        ]
        for (text, value) in values { #expect(FactValue(text) == value) }
    }

    private static func term(_ random: inout Seeded) -> SelectorTerm {
        let key = random.pick(["os", "ring", "name", "is", "a/b.c-d_e", "before", "in", "today", "label", "0"])
        let texts = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(Self.texts) }
        let word = random.pick([
            SelectorTerm.Test.exists, .isAbsent, .isOneOf(texts), .isNoneOf(texts),
        ])
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return SelectorTerm(.field(random.pick([.name, .client, .kind])), .isNoneOf(texts))
        case 1: return SelectorTerm(.label(random.pick([key, "label.\(key)", "fact.x"])), word)
        case 2: return SelectorTerm(.fact(random.pick([key, "fact.\(key)", "label.x"])), word)
        default:
            return SelectorTerm(random.pick([.fact(key), .label(key)]), comparison(&random))
        }
    }

    private static func comparison(_ random: inout Seeded) -> SelectorTerm.Test {
        let any = random.pick(SelectorTerm.Comparison.allCases)
        let age = Age(random.pick([.years(5), .span(Span(days: 90))]))
        return random.pick([
            .compares(any, .number(16.5, "16.5")), .compares(any, .date(CivilDate(daysSinceEpoch: 20_000))),
            .compares(any, .today), .compares(random.pick([.less, .more]), .ago(age)), .compares(.atMost, .ahead(age)),
        ])
    }
}

/// Random numbers from a seed; `ROTA_SEED` sets another, and failures print it.
private struct Seeded: RandomNumberGenerator {
    let seed: UInt64
    private var dice: Dice

    init(_ purpose: String) {
        seed = ProcessInfo.processInfo.environment["ROTA_SEED"].flatMap { UInt64($0) } ?? 20_260_215
        dice = Dice(purpose.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }

    mutating func next() -> UInt64 { dice.next() }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }
}
