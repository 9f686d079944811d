/// The names of the IANA database, and which of them an operator may have meant.
enum ZoneNames {
    /// Whether it could be a name at all: no path tricks, no system files (`posixrules`, `tzdata.zi`), and none of the
    /// copies that count leap seconds (`right/…`): names of the database begin with a capital.
    static func isWellFormed(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z"), bytes.count <= 64 else {
            return false
        }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            guard let first = part.first else { return false }
            return first.isLetter && part.allSatisfy { $0.isLetter || $0.isDigit || "_+-".utf8.contains($0) }
        }
    }

    /// All names in the first directory that has any, sorted.
    static func all() -> [String] {
        for directory in ZoneFiles.directories() {
            var names: [String] = []
            collect(directory, "", depth: 0, into: &names)
            if !names.isEmpty { return names.sorted() }
        }
        return []
    }

    static func nearest(to name: String) -> [String] {
        let wanted = Array(name.prefix(64).lowercased().utf8)
        guard !wanted.isEmpty else { return [] }
        var scored: [(distance: Int, name: String)] = []
        for candidate in all() {
            let whole = Array(candidate.lowercased().utf8)
            let place = whole.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? whole
            // A place without its region ("Vancouver") is as near as one wrong letter.
            let distance = min(EditDistance.between(wanted, whole), EditDistance.between(wanted, place) + 1)
            if distance <= max(2, wanted.count / 3) { scored.append((distance, candidate)) }
        }
        scored.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        // Those that are much further away than the nearest were not meant.
        return scored.prefix(3).filter { $0.distance <= scored[0].distance + 1 }.map(\.name)
    }

    private static func collect(_ directory: String, _ prefix: String, depth: Int, into names: inout [String]) {
        for entry in ZoneFiles.list(directory) where isWellFormed(prefix + entry) {
            let path = "\(directory)/\(entry)"
            if ZoneFiles.stamp(path) != nil {
                names.append(prefix + entry)
            } else if depth < 3 {
                collect(path, "\(prefix)\(entry)/", depth: depth + 1, into: &names)
            }
        }
    }
}
