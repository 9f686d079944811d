import Recurrence
import Testing

@testable import Reports

struct JSONTests {
    static let document: JSONValue = [
        "b": 1, "a": [nil, true, "x\"\\\n"], "empty": [], "none": [:], "n": .number(0.5), "nan": .number(.nan),
    ]

    @Test func `members keep the order in which they were declared`() {
        #expect(
            Self.document.json()
                == #"{"b":1,"a":[null,true,"x\"\\\n"],"empty":[],"none":{},"n":0.5,"nan":null}"#)
    }

    @Test func `pretty puts each member on a line of its own`() {
        let value: JSONValue = ["a": [1, 2], "b": [:], "c": ["d": nil]]
        #expect(
            value.json(.pretty) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {},
                  "c": {
                    "d": null
                  }
                }
                """)
    }

    @Test func `control characters never stand in it as they are`() {
        let text = JSONValue.quoted("\u{1B}[31m\u{7F}\u{9B}2J\u{0}\u{2028}é")
        #expect(text == #""\u001b[31m\u007f\u009b2J\u0000\u2028é""#)
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }

    @Test func `what was written is read again`() throws {
        let value: JSONValue = ["a": ["x", 1, -2, false, nil, ["b": "\u{1}"]], "n": .number(2.5)]
        #expect(try JSONValue(parsing: value.json()) == value)
        #expect(try JSONValue(parsing: value.json(.pretty)) == value)
    }

    @Test func `a document of someone else's has its members in the order of their names`() throws {
        #expect(try JSONValue(parsing: #"{"b":1,"a":{"d":2,"c":3}}"#).json() == #"{"a":{"c":3,"d":2},"b":1}"#)
        #expect(throws: DecodingError.self) { try JSONValue(parsing: "{") }
    }

    @Test func `instants are RFC 3339 in UTC, and spans are whole seconds`() {
        let instant = Instant(rfc3339: "2026-02-15T11:00:00+01:00")
        #expect(JSONValue(instant).json() == #""2026-02-15T10:00:00Z""#)
        #expect(JSONValue(Instant(microseconds: 1_500_000)).json() == #""1970-01-01T00:00:01.5Z""#)
        #expect(JSONValue(seconds: .milliseconds(61_900)).json() == "61")
        #expect(JSONValue(nil as Instant?) == .null)
    }
}
