import Reports
import Testing

@testable import rota

struct YAMLTests {
    @Test func `objects and lists stand in blocks, indented by two`() {
        let value: JSONValue = [
            "asOf": "2026-02-15T10:00:00Z",
            "runs": [["run": 1, "asset": nil, "labels": ["os": "linux"], "tags": []], ["run": 2, "none": [:]]],
            "lists": [[1, 2], ["x"]], "ok": true, "share": .number(0.5),
        ]
        #expect(
            value.yaml() == """
                asOf: "2026-02-15T10:00:00Z"
                runs:
                  - run: 1
                    asset: null
                    labels:
                      os: linux
                    tags: []
                  - run: 2
                    none: {}
                lists:
                  - - 1
                    - 2
                  - - x
                ok: true
                share: 0.5

                """)
    }

    @Test(arguments: [
        "yes", "No", "on", "OFF", "null", "~", "true", "", " x", "x ", "12", "1.5", "2026-02-15", "0x1f", "-", "- a",
        "a: b",
        "a #b", "#a", "a\nb", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "\"a\"", "'a'", "a:", "?",
        "y",
        "\u{1B}[31m", ".inf", "=", "a, b",
    ]) func `what some reader of YAML takes for something else is quoted`(_ text: String) {
        #expect(YAMLText.scalar(text) == JSONValue.quoted(text))
    }

    @Test(arguments: ["harbour-dental", "w1", "window nights opens", "/usr/bin/true", "a.b@c", "http://x", "a:b"])
    func `plain words stay plain`(_ text: String) {
        #expect(YAMLText.scalar(text) == text)
    }
}
