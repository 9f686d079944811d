/// How many letters to insert, remove, change or swap make one word of the other.
enum EditDistance {
    static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }

    /// The nearest of some words, where one is near enough to have been meant.
    static func nearest(to word: String, in words: [String]) -> String? {
        let wanted = Array(word.prefix(40).uppercased().utf8)
        let scored = words.map { (distance: between(wanted, Array($0.uppercased().utf8)), word: $0) }
        guard let best = scored.min(by: { $0.distance < $1.distance }), best.distance <= max(1, wanted.count / 3) else {
            return nil
        }
        return best.word
    }
}
