/// The known word nearest to one that is not known: at most a third of its letters away; nil where none is near.
public func nearest(_ word: String, among known: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in known {
        let distance = editDistance(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
        if distance <= limit, distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
    }
    return best?.word
}

/// "did you mean …?", or the list of what is known.
public func nearestHint(_ word: String, among known: [String]) -> String {
    if let near = nearest(word, among: known) { return "did you mean '\(near)'?" }
    return known.isEmpty ? "there is none" : "known are \(known.joined(separator: ", "))"
}

/// Insertions, removals, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard abs(a.count - b.count) <= 64, a.count <= 128, b.count <= 128 else { return Int.max }
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1] + Array(repeating: 0, count: b.count)
        for j in b.indices {
            let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
            current[j + 1] = min(replaced, previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                current[j + 1] = min(current[j + 1], older[j - 1] + 1)
            }
        }
        (older, previous) = (previous, current)
    }
    return previous[b.count]
}
