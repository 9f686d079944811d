import Foundation
import SeededDice
import Testing

@testable import Actions

@Suite struct JSONScannerTests {
    private static let sample = #"""
        {"a": [1, -2.5e+3, 0, true, false, null, "x\n\u00e9\ud83d\ude00"], "b": {"c": {}, "d": []}, "é": ""}
        """#

    @Test func `members and elements are given to the byte`() throws {
        var scanner = JSONScanner(Array(#" {"a" : [1 , {"b":2}],"c":"d"} "#.utf8))
        let members = try scanner.members()
        #expect(members.map(\.key) == ["a", "c"])
        let texts = members.map { String(decoding: scanner.bytes[$0.value], as: UTF8.self) }
        #expect(texts == [#"[1 , {"b":2}]"#, #""d""#])
        var inner = JSONScanner(Array(texts[0].utf8))
        #expect(try inner.elements().map { String(decoding: inner.bytes[$0], as: UTF8.self) } == ["1", #"{"b":2}"#])
    }

    @Test func `what it takes another reader takes, whatever was damaged`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = Dice(seed)
        let alphabet = Array(#"{}[]",:\u0123dDeE+-.tfnaé "#.utf8)
        var taken = 0
        for _ in 0..<20_000 {
            var bytes = Array(Self.sample.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
                default: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            // PostgreSQL's numbers go further than the other reader's.
            guard RunReport(line: bytes)?.problems == [], !text.contains(/[eE][+-]?[0-9]{3}/) else { continue }
            taken += 1
            #expect(throws: Never.self, "seed \(seed): \(text)") {
                try JSONSerialization.jsonObject(with: Data(bytes))
            }
        }
        // Some damage leaves it whole: within a text, say.
        #expect(taken > 100, "seed \(seed)")
    }
}
