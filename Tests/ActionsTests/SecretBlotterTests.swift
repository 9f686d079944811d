import SeededDice
import Testing

@testable import Actions

@Suite struct SecretBlotterTests {
    /// Feeds the text in pieces of each size, and expects the same every time.
    private func blot(_ text: String, _ secrets: [String]) -> String? {
        let bytes = Array(text.utf8)
        let results = Set((1...max(bytes.count, 1)).map { size in inPieces(bytes, of: [size], secrets) })
        return results.count == 1 ? results.first : nil
    }

    private func inPieces(_ bytes: [UInt8], of sizes: [Int], _ secrets: [String]) -> String {
        var blotter = SecretBlotter(secrets: secrets.map { Array($0.utf8) })
        var kept: [UInt8] = []
        var (start, turn) = (0, 0)
        while start < bytes.count {
            let end = min(bytes.count, start + sizes[turn % sizes.count])
            bytes[start..<end].withUnsafeBytes { blotter.take($0) { kept.append(contentsOf: $0) } }
            (start, turn) = (end, turn + 1)
        }
        blotter.finish { kept.append(contentsOf: $0) }
        return String(decoding: kept, as: UTF8.self)
    }

    @Test(arguments: [
        ("nothing here", ["token"], "nothing here"),
        ("token", ["token"], "***"),
        ("a token, a token", ["token"], "a ***, a ***"),
        ("toketoken tok", ["token"], "toke*** tok"),
        ("tokentoken", ["token"], "***"),
        ("aaaaa", ["aa"], "***"),
        ("ababab", ["abab"], "***"),
        ("abcdef", ["abcd", "cdef"], "***"),
        ("abcdef", ["bcd", "abcdef"], "***"),
        ("xabcdef", ["abc", "f"], "x***de***"),
        ("", ["token"], ""),
        ("x", [], "x"),
        ("x", [""], "x"),
    ])
    func `secrets are blotted out wherever the pieces are cut`(_ text: String, _ secrets: [String], _ kept: String) {
        #expect(blot(text, secrets) == kept)
    }

    @Test func `the longer lines of a secret are secrets too`() {
        let key = "-----BEGIN KEY-----\r\nMIIEvQIBADANBg\r\nshort\r\n-----END KEY-----"
        #expect(blot("line MIIEvQIBADANBg here, short too", [key]) == "line *** here, short too")
        #expect(blot("all \(key) of it", [key]) == "all *** of it")
    }

    @Test func `random texts lose every secret and nothing else`() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = Dice(seed)
        for _ in 0..<2000 {
            let secrets = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                text(1...4, using: &generator)
            }
            let source = text(0...40, using: &generator)
            let sizes = (0..<5).map { _ in Int.random(in: 1...7, using: &generator) }
            let expected = simply(source, secrets)
            #expect(
                inPieces(Array(source.utf8), of: sizes, secrets) == expected, "seed \(seed): \(source) \(secrets)")
        }
    }

    private func text(_ length: ClosedRange<Int>, using generator: inout Dice) -> String {
        String(
            (0..<Int.random(in: length, using: &generator)).map { _ in "abc".randomElement(using: &generator) ?? "a" })
    }

    /// The same with the whole text at hand: every byte that belongs to a secret is marked, each run of marks is one.
    private func simply(_ source: String, _ secrets: [String]) -> String {
        let bytes = Array(source.utf8)
        var isSecret = [Bool](repeating: false, count: bytes.count)
        for secret in secrets.map({ Array($0.utf8) }) where secret.count <= bytes.count {
            for start in 0...(bytes.count - secret.count)
            where bytes[start..<(start + secret.count)].elementsEqual(secret) {
                for place in start..<(start + secret.count) { isSecret[place] = true }
            }
        }
        var kept = ""
        for place in bytes.indices {
            if !isSecret[place] {
                kept.unicodeScalars.append(Unicode.Scalar(bytes[place]))
            } else if place == 0 || !isSecret[place - 1] {
                kept += "***"
            }
        }
        return kept
    }
}
