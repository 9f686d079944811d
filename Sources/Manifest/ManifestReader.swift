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
        result.isComplete = search.problems.isEmpty
        for file in search.files {
            do throws(Problem) {
                result.append(read(try SourceText(bytes: try FileBytes.read(file), file: file)))
            } catch {
                result.problems.append(error)
                result.isComplete = false
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
            result.isComplete = false
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
    ///   - isComplete: false where some documents could not be seen at all; then no name is told as unknown.
    /// - Returns: problems in the order of files, lines and columns; some of them may be mere warnings.
    public static func check(
        _ documents: [Document], known: Catalogue, now: Instant, broken: [BrokenDocument] = [],
        isComplete: Bool = true
    ) -> [Problem] {
        var check = ManifestCheck(documents: documents, known: known, broken: broken, now: now)
        check.knowsAllNames = isComplete
        check.run()
        return check.problems.sorted()
    }

    private static func read(_ source: SourceText) -> ReadResult {
        var result = ReadResult()
        let composed = Composer.compose(source)
        result.isComplete = composed.isComplete
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
            result.isComplete = false
            return
        }
        let place = source.position(of: range.lowerBound)
        result.broken.append(
            BrokenDocument(kind: kind, name: name, file: source.file, line: place.line, column: place.column))
    }

    private static func read(_ root: Node, isWhole: Bool, _ reading: Reading, into result: inout ReadResult) {
        // What is no mapping because it was nested too deeply, say, has been told.
        if !isWhole, !root.isMap {
            result.isComplete = false
            return
        }
        let before = reading.count
        reading.beginDocument()
        let cursor = Cursor(node: root, path: "", name: "the document", reading: reading)
        guard let kind = DocumentKind.kind(of: cursor) else {
            result.isComplete = false
            return
        }
        let definition = DocumentKind.definition(kind, cursor)
        let (file, place) = (reading.source.file, root.position)
        if let definition, isWhole, reading.count == before {
            var document = Document(definition: definition, file: file, line: place.line, column: place.column)
            document.places = reading.places
            result.documents.append(document)
        } else if let name = DocumentKind.name(of: cursor) {
            result.broken.append(
                BrokenDocument(kind: kind, name: name, file: file, line: place.line, column: place.column))
        } else {
            result.isComplete = false
        }
    }
}
