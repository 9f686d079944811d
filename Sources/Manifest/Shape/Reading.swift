import Recurrence

/// The reading of one file: the problems found on the way, and where each field's value stands.
final class Reading {
    let source: SourceText
    private var problems: [Problem] = []
    /// How many problems were found, those included that are not kept.
    private(set) var count = 0
    /// The place of each value read of the current document, by path: `schedule.cron`, `holidays[1]`.
    private(set) var places: [String: Place] = [:]
    /// Whether `{{ asset.… }}` means something in the current document.
    var hasTargets = false

    /// Zones that were looked for in vain, and what was found instead.
    var unknownZones: [String: ZoneError] = [:]

    private let most: Int

    /// - Parameter most: so many problems are kept and told, of a manifest few enough to be read by a person.
    init(source: SourceText, most: Int = Limits.problems) {
        self.source = source
        self.most = most
    }

    func beginDocument() {
        places = [:]
        hasTargets = false
    }

    /// No more are looked into: what follows would only be more of the same.
    var isFull: Bool { count >= most }
    /// So many were told that the nearest word is not searched for any more.
    var isLong: Bool { count >= Limits.problems }

    func add(_ problem: Problem) {
        if !isFull { problems.append(problem) }
        count += 1
    }

    /// All problems, from top to bottom.
    func finished() -> [Problem] {
        guard count > most else { return problems.sorted() }
        let end = source.position(of: source.scalars.count)
        let more = Problem(file: source.file, at: end, "there are more problems than these", hint: "mend these first")
        return problems.sorted() + [more]
    }

    func note(_ cursor: Cursor) {
        guard !cursor.path.isEmpty else { return }
        if case .scalar(let scalar) = cursor.node.content {
            places[cursor.path] = Place(value: cursor.node.position, text: scalar.textPosition)
        } else {
            places[cursor.path] = Place(value: cursor.node.position)
        }
    }
}

/// Where a value stands; `text` is where its first letter is, if it stands in the source just as it is.
struct Place: Hashable, Sendable {
    var value: Position
    var text: Position?

    /// The place of a letter of the text, as near as it is known.
    func position(ofByte offset: Int?, in content: String) -> Position {
        guard var position = text, let offset else { return value }
        let before = content.utf8.prefix(max(0, offset))
        position.column += String(decoding: before, as: UTF8.self).unicodeScalars.count
        return position
    }
}
