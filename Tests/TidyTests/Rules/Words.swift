/// Words that say that something is not finished, and paths of somebody's own machine.
enum Words {
    /// Put together here, so that this file does not fail by itself.
    private static let unfinished = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
    private static let homes = ["/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", "/wo" + "rk/"]

    static func faults(in file: TextFile) -> [Fault] {
        file.lines.enumerated().flatMap { number, line -> [Fault] in
            var faults: [Fault] = []
            for word in unfinished where stands(word, in: line) {
                faults.append(
                    file.fault(number + 1, "'\(word)' says that it is not finished", "finish it, or leave it out"))
            }
            for home in homes where begins(home, in: line) {
                faults.append(
                    file.fault(
                        number + 1, "a path under \(home) is one machine's own", "say it from the repository's root"))
            }
            return faults
        }
    }

    /// As a word of its own: the end of a template for names is none, nor is a time zone's name with a digit after it.
    private static func stands(_ word: String, in line: Substring) -> Bool {
        line.ranges(of: word).contains { found in
            let before = line[..<found.lowerBound].last
            let after = line[found.upperBound...].first
            return !(before?.isLetter ?? false) && !(after.map { $0.isLetter || $0.isNumber } ?? false)
        }
    }

    /// As the beginning of a path: not in the middle of one.
    private static func begins(_ home: String, in line: Substring) -> Bool {
        line.ranges(of: home).contains { found in
            let before = line[..<found.lowerBound].last
            let after = line[found.upperBound...].first
            let inside = before.map { $0.isLetter || $0.isNumber || "._-~/})".contains($0) } ?? false
            return !inside && (after?.isLetter ?? false)
        }
    }
}
