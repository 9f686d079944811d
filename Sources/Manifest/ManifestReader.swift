import Model
import Recurrence

/// Reads manifests, and tells everything that is wrong with them at once.
///
/// Nothing that is read is applied or trusted by reading it: a hostile file costs at most some milliseconds and megabytes.
public struct ManifestReader {
    /// Reads files, and the `*.yaml` and `*.yml` files within folders.
    ///
    /// Folders are read in the order of names; hidden files and folders are left out. What cannot be read is a problem.
    public static func read(paths: [String]) -> ReadResult {
        var result = ReadResult()
        var search = FileSearch()
        for path in paths { search.add(path) }
        result.problems += search.problems
        if !search.problems.isEmpty { result.noteUnread() }
        for file in search.files {
            do throws(Problem) {
                result.append(read(try SourceText(bytes: try FileBytes.read(file), file: file)))
            } catch {
                result.problems.append(error)
                result.noteUnread()
            }
        }
        result.problems.sort()
        return result
    }

    /// Reads one manifest's text; `file` is what problems are to call it.
    public static func read(text: String, file: String) -> ReadResult { read(bytes: text.utf8, file: file) }

    /// Reads one manifest's bytes; `file` is what problems are to call it.
    public static func read(bytes: some Collection<UInt8>, file: String) -> ReadResult {
        do throws(Problem) {
            return read(try SourceText(bytes: bytes, file: file))
        } catch {
            var result = ReadResult()
            result.problems = [error]
            result.noteUnread()
            return result
        }
    }

    /// Looks at what single documents cannot tell: names that refer to nothing, things defined twice, schedules that never
    /// fire, windows that never open, jobs that fit no window.
    ///
    /// - Parameters:
    ///   - known: what is there besides the documents, in a database for instance.
    ///   - now: from when on schedules and windows are looked at.
    ///   - broken: documents that have problems of their own already, so that names which refer to them are not told too.
    ///   - unnamed: the kinds of which something may be written besides, whose name could not be read; then no name of
    ///     these is told as unknown.
    /// - Returns: problems in the order of files, lines and columns; some of them may be mere warnings.
    public static func check(
        _ documents: [Document], known: Catalogue, now: Instant, broken: [BrokenDocument] = [],
        unnamed: Set<Definition.Kind> = []
    ) -> [Problem] {
        var check = ManifestCheck(documents: documents, known: known, broken: broken, now: now)
        check.unnamed = unnamed
        check.run()
        return check.problems.sorted()
    }

    private static func read(_ source: SourceText) -> ReadResult {
        var result = ReadResult()
        let composed = Composer.compose(source)
        if !composed.isComplete { result.noteUnread() }
        let reading = Reading(source: source)
        for problem in composed.problems { reading.add(problem) }
        for document in composed.documents { read(document.root, isWhole: document.isWhole, reading, into: &result) }
        for range in composed.lost { note(range, of: source, in: &result) }
        result.problems = reading.finished()
        return result
    }

    /// A document that is no YAML: what it seems to define is not unknown to others all the same.
    private static func note(_ range: Range<Int>, of source: SourceText, in result: inout ReadResult) {
        guard let kind = source.roughValue(of: "kind", in: range).flatMap(Definition.Kind.init(rawValue:)),
            let name = source.roughValue(of: "name", in: range), Names.isName(name)
        else {
            return result.noteUnread()
        }
        let place = source.position(of: range.lowerBound)
        result.broken.append(
            BrokenDocument(kind: kind, name: name, file: source.file, line: place.line, column: place.column))
    }

    private static func read(_ root: Node, isWhole: Bool, _ reading: Reading, into result: inout ReadResult) {
        // What is no mapping because it was nested too deeply, say, has been told.
        if !isWhole, !root.isMap { return result.noteUnread() }
        let before = reading.count
        reading.beginDocument()
        let cursor = Cursor(node: root, path: "", name: "the document", reading: reading)
        let kind = DocumentKind.kind(of: cursor)
        let definition = kind.flatMap { DocumentKind.definition($0, cursor) }
        let (file, place) = (reading.source.file, root.position)
        if let definition, isWhole, reading.count == before {
            var document = Document(definition: definition, file: file, line: place.line, column: place.column)
            document.places = reading.places
            result.documents.append(document)
        } else if let name = DocumentKind.name(of: cursor) {
            result.broken.append(
                BrokenDocument(kind: kind, name: name, file: file, line: place.line, column: place.column))
        } else if let kind {
            result.unnamed.insert(kind)
        } else {
            result.noteUnread()
        }
    }
}
