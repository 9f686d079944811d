import Model
import Recurrence
import Testing

/// What is no selector is refused with its place and how to mend it.
struct SelectorErrorTests {
    static let cases: [(text: String, offset: Int, message: String, hint: String)] = [
        ("", 0, "a selector is empty", "write terms such as os=linux, purchased before 5y"),
        ("  ", 0, "a selector is empty", "write terms such as os=linux, purchased before 5y"),
        ("os=linux,", 9, "the key of a label or fact is missing here", "write a term such as os=linux"),
        ("=linux", 0, "the key of a label or fact is missing here", "write a term such as os=linux"),
        ("os=", 3, "a value is missing here", "nothing at all is written \"\""),
        (
            "os=linux ring=1", 9, "there is something after the value",
            "terms stand apart by commas, and a value with spaces in quotes"
        ),
        ("purchased befor 5y", 10, "unknown comparison 'befor'", "did you mean 'before'?"),
        (
            "os like linux", 3, "unknown comparison 'like'",
            "known are = != < <= > >= in notin exists before after within"
        ),
        ("os not in (linux)", 3, "unknown comparison 'not'", "did you mean 'notin'?"),
        (
            "os ~ linux", 3, "this is no comparison", "known are = != < <= > >= in notin exists before after within"
        ),
        ("os in linux", 6, "a '(' is missing here", "write the values like (one, two)"),
        ("os in (linux", 12, "a ')' is missing here", "a value with spaces stands in quotes"),
        ("os in ()", 7, "a value is missing here", "nothing at all is written \"\""),
        ("os='linux", 3, "this quote is never closed", "end the value with the same quote"),
        (
            "purchased before soon", 17, "'soon' is no age and no date",
            "write it like 5y, 90d, 2w, 2026-12-31 or today"
        ),
        (
            "purchased before 2026-02-30", 17, "'2026-02-30' is no age and no date",
            "write it like 5y, 90d, 2w, 2026-12-31 or today"
        ),
        (
            "purchased < 5y", 12, "'5y' is no number and no date",
            "write 'before 5y' for what lies further back, 'after 5y' for what does not"
        ),
        ("ram >= big", 7, "'big' is no number and no date", "write it like 16, 3.5, 2026-12-31 or today"),
        ("ram >= 016", 7, "'016' is no number and no date", "write it like 16, 3.5, 2026-12-31 or today"),
        ("warrantyUntil within 2026-12-31", 21, "'2026-12-31' is no age", "write it like 60d, 2w or 1y"),
        ("name < 5", 0, "'name' is a word and has no order", "compare it with = != in notin"),
        ("os=linux, endpoint", 10, "every asset has 'endpoint'", "write endpoint=true or endpoint=false"),
        ("!client", 1, "every asset has 'client'", "write client=…"),
        ("endpoint=yes", 0, "'endpoint' is never 'yes'", "it is true or false"),
        ("fact.=1", 0, "'' cannot be a key", "use letters, digits and '.', '_', '-', '/' inside, at most 63"),
        ("-os=1", 0, "'-os' cannot be a key", "use letters, digits and '.', '_', '-', '/' inside, at most 63"),
    ]

    @Test(arguments: cases)
    func `a fault is told with its byte`(_ text: String, offset: Int, message: String, hint: String) throws {
        let error = try #require(throws: RuleError.self) { _ = try Selector(parsing: text) }
        #expect(error.message == message)
        #expect(error.hint == hint)
        #expect(error.offset == offset)
    }

    @Test func `a selector has a length`() throws {
        let error = #expect(throws: RuleError.self) {
            _ = try Selector(parsing: String(repeating: "a,", count: 2001) + "a")
        }
        #expect(error?.message == "a selector is at most 4000 bytes long, not 4003")
    }
}
