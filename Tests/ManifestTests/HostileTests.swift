import Manifest
import Model
import Recurrence
import SeededDice
import Testing

/// Files that somebody made to do harm.
@Suite struct HostileTests {
    /// Aliases to aliases: 9 to the 10th power of values in a few hundred bytes, as values and as keys.
    private var bomb: String {
        var text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
        for (last, next) in zip("abcdefghi", "bcdefghij") {
            let aliases = Array(repeating: "*\(last)", count: 9).joined(separator: ",")
            text += "\(next): &\(next) [\(aliases)]\n"
        }
        return text + "? *j\n: 1\n? *i\n: 2\n"
    }

    /// Whoever followed the aliases would not come to an end in this test's life.
    @Test func `an alias bomb is not followed`() {
        let result = ManifestReader.read(text: bomb, file: "m.yaml")
        #expect(result.problems.count > 10)
        #expect(result.documents.isEmpty)
    }

    @Test(arguments: [
        "[", "{", "- ", "? ", "[a,", "a: b,", "- a\n", "-\n", "--- a\n", "a: 1\n", "---\na: 1\na: 2\n",
        "---\na: &x {b: c}\n",
        "- !x {a: b}\n", "- *a\n", "---\na: b: c\n", "---\n[\n", "\"", "'", "#\n", "\n", "\t", "\r", "a: |\n x\n",
        "&a ", "&a\n",
        "*a ", "! ", "!", "%", "%YAML 1.1\n", "...\n", "---\n", ": ", "::", "<<: ", "{{", "}}", "\u{10FFFF}", "é", "\0",
        "kind: Job\n", "kind: Job\n---\n", "? - ", "? [", "[[],", "''", "\"\\", "|\n", ">\n", "|9\n", "a:\n ",
    ])
    func `anything repeated to the limit comes to an end`(piece: String) {
        let text = String(repeating: piece, count: 256 * 1024 / piece.utf8.count)
        for text in [text, "kind: Job\nname: x\nschedule:\n  " + text] {
            _ = ManifestReader.read(text: text, file: "m.yaml").allProblems(now: newYear)
        }
    }

    @Test func `random bytes are read without harm`() {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var random = Dice(seed)
        let signs = Array("[]{}:,-?&*!|>'\"%@`#~= \t\n\r\\ab01kindnameJob\u{FEFF}é{{}}---".utf8)
        for _ in 0..<1000 {
            let count = Int.random(in: 0..<200, using: &random)
            let bytes = (0..<count).map { _ in
                Int.random(in: 0..<20, using: &random) == 0
                    ? UInt8.random(in: 0...255, using: &random) : signs.randomElement(using: &random) ?? 0
            }
            let result = ManifestReader.read(bytes: bytes, file: "m.yaml")
            #expect(result.problems.allSatisfy { $0.line > 0 && $0.column > 0 && $0.hint != nil }, "seed \(seed)")
        }
    }

    @Test func `good manifests that were damaged are read without harm`() {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var random = Dice(seed)
        var definitions = RandomDefinitions(random: Dice(seed))
        for _ in 0..<500 {
            var bytes = Array(ManifestWriter.text([definitions.definition(), definitions.definition()]).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, &random) }
            let result = ManifestReader.read(bytes: bytes, file: "m.yaml")
            let problems = result.allProblems(now: newYear)
            #expect(problems == problems.sorted(), "seed \(seed)")
            #expect(result.documents.count <= 2 + bytes.count(where: { $0 == UInt8(ascii: "-") }), "seed \(seed)")
        }
    }

    /// Changes, takes out, puts in, doubles or moves a few bytes.
    private func damage(_ bytes: inout [UInt8], _ random: inout Dice) {
        guard bytes.count > 10 else { return }
        let place = Int.random(in: 0..<bytes.count - 8, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<place + Int.random(in: 1...8, using: &random))
        case 2: bytes.insert(Array("&*![]{}:'\"-#\t\n ".utf8).randomElement(using: &random) ?? 0, at: place)
        case 3: bytes.insert(contentsOf: bytes[place..<place + 8], at: place)
        case 4: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        default: bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &random))
        }
    }

    @Test func `windows and rules that cost most to look at come to an end`() {
        var text = "kind: Client\nname: c\ntimezone: UTC\n"
        for index in 0..<20 {
            text += "---\nkind: Window\nname: w\(index)\nopens: {cron: \"*/\(index + 2) * * * *\"}\nduration: 1m\n"
            text += "---\nkind: Job\nname: j\(index)\nwindow: w\(index)\nschedule: {cron: \"0 0 30 2 *\"}\n"
            text += "action: {exec: {command: [a], timeout: 2m}}\n"
        }
        #expect(ManifestReader.read(text: text, file: "m.yaml").allProblems(now: newYear).count == 40)
    }
}
