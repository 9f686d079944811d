import Model
import Testing

@testable import Manifest

/// Assets from JSON lines.
struct AssetLinesTests {
    private func read(_ text: String) -> AssetList { AssetList(bytes: Array(text.utf8), file: "a.jsonl") }

    @Test func `each line is an asset with a manifest's fields`() {
        let list = read(
            #"""
            {"name":"srv-1", "client":"harbour", "is":"server", "labels":{"os":"linux"},"facts":{"ram":64,"raid":true}}

            {"is":"laptop","client":"lake","name":"lap-1","facts":{"model":"10\" – \u00BD \uD83D\uDE00"}}
            """#)
        #expect(list.problems == [])
        #expect(
            list.entries.map(\.asset) == [
                Asset(
                    name: "srv-1", client: "harbour", kind: "server", labels: ["os": "linux"],
                    facts: ["ram": "64", "raid": "true"]),
                Asset(name: "lap-1", client: "lake", kind: "laptop", facts: ["model": "10\" – ½ 😀"]),
            ])
        #expect(list.entries.map(\.line) == [1, 3])
    }

    @Test func `every bad line is told with its place`() {
        let list = read(
            #"""
            {"name": "a", "client": "c", "is": "server"}
            {"name": "b", "client": "c"}
            {"name": "d", "client": "c", "is": "server", "lables": {}}
            {"name": "e", "name": "f", "client": "c", "is": "server"}
            {"name": "g",}
            ["name"]
            {"name": "h", "client": "c", "is": null}
            {"name": "i", "client": "c", "is": "server"} {}
            {"name": "j", "client": "c", "is": "server"
            {"name": "\x", "client": "c", "is": "server"}
            {"name": "k", "client": "c", "is": "\uD83D"}
            """#)
        #expect(list.entries.map(\.asset.name) == ["a"])
        #expect(
            list.problems.map { "\($0.line):\($0.column) \($0.message)" } == [
                "2:1 'is' is missing", "3:46 unknown key 'lables'", "4:15 the key 'name' is there twice",
                "5:14 a key in quotes is missing here", "6:1 'the line' must be keys and values, not a list",
                "7:36 'is' has no value", "8:46 there is something after the object",
                "9:44 a ',' or '}' is missing here", "10:13 there is no such escape",
                "11:43 this escape is half of a character",
            ])
        #expect(list.problems[1].hint == "did you mean 'labels'?")
    }

    @Test func `neither depth nor length is without bound`() {
        let deep = "{\"facts\":" + String(repeating: "[", count: 100_000)
        #expect(read(deep).problems.map(\.message) == ["the line is longer than 64 KiB"])
        let nested = "{\"facts\":" + String(repeating: "[", count: 1000)
        #expect(read(nested).problems.map(\.message) == ["this is nested more than 32 deep"])
    }

    @Test func `an asset says whether it counts as an endpoint, and nothing else than true or false`() {
        let list = read(
            #"""
            {"name": "a", "client": "c", "is": "server", "endpoint": false}
            {"name": "b", "client": "c", "is": "server", "endpoint": "yes"}
            """#)
        #expect(list.entries.map(\.asset.isEndpoint) == [false])
        #expect(list.problems.map(\.message) == ["'endpoint' must be true or false, not 'yes'"])
    }

    @Test func `a number with an exponent is the number that it is`() throws {
        let list = read(
            #"""
            {"name":"a","client":"c","is":"server","facts":{"b":-1.5e3,"e":1E2,"f":12.50e-3,"g":0.000e400,"h":1e+0,"i":64}}
            """#)
        #expect(list.problems == [])
        let asset = try #require(list.entries.first?.asset)
        #expect(asset.facts == ["b": "-1500", "e": "100", "f": "0.0125", "g": "0", "h": "1", "i": "64"])
        let matches = try ["b<0", "e>=100", "e>99", "f<0.02"].map {
            try Selector(parsing: $0).matches(asset, on: .first)
        }
        #expect(matches == [true, true, true, true])
    }

    @Test func `a number that facts cannot hold is refused with its place, and so is what JSON calls no number`() {
        let list = read(
            #"""
            {"name":"a","client":"c","is":"server","facts":{"a":1e400}}
            {"name":"b","client":"c","is":"server","facts":{"a":-2.5E-99999999999999999999}}
            {"name":"c","client":"c","is":"server","facts":{"a":1234567890123456789012345678901}}
            {"name":"d","client":"c","is":"server","facts":{"a":007}}
            {"name":"e","client":"c","is":"server","facts":{"a":nan}}
            {"name":"f","client":"c","is":"server","facts":{"a":0x10}}
            {"name":"g","client":"c","is":"server","facts":{"a":1e}}
            {"name":"h","client":"c","is":"server","facts":{"a":123456789012345678901234567890}}
            """#)
        #expect(list.entries.map(\.asset.name) == ["h"])
        #expect(
            list.problems.map { "\($0.line):\($0.column) \($0.message)" } == [
                "1:53 the number '1e400' is out of bounds",
                "2:53 the number '-2.5E-99999999999999999999' is out of bounds",
                "3:53 the number '1234567890123456789012345678901' is out of bounds", "4:53 a value is missing here",
                "5:53 a value is missing here", "6:53 a value is missing here", "7:53 a value is missing here",
            ])
        #expect(
            list.problems.first?.hint
                == "written out without an exponent it may have 30 characters; round it, or write a text in double quotes"
        )
    }
}
