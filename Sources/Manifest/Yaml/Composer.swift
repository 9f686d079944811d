import Yams

/// A file's documents as nodes, and everything that is wrong with their form.
///
/// Yams gives up at the first fault. So that the other problems of the file are told in the same go, faults are mended in a
/// copy of the text, and the whole read again as long as the budget lasts: the first of two equal keys becomes another
/// one, an anchor or tag that leaves no valid YAML once it is disguised is blanked, and so is at last the document in
/// which the fault is.
struct Composer {
    private let source: SourceText
    private var scalars: [Unicode.Scalar]
    private var reparsed = 0
    private var round = 0
    private var result = Composed()

    static func compose(_ source: SourceText) -> Composed {
        var composer = Composer(source: source)
        let roots = composer.roots()
        composer.build(roots)
        return composer.result
    }

    private init(source: SourceText) {
        self.source = source
        scalars = source.scalars.map { Disguise.isProperty($0) ? Disguise.of($0) ?? $0 : $0 }
    }

    private mutating func build(_ roots: [Yams.Node]) {
        var builder = NodeBuilder(source: source)
        let faults = result.problems.map { Position(line: $0.line, column: $0.column) }
        for (index, root) in roots.enumerated() {
            let before = builder.problems.count
            guard let node = builder.document(root) else { continue }
            let next = index + 1 < roots.count ? roots[index + 1].mark : nil
            let end = next.map(Position.init) ?? .end
            let isFaulty = faults.contains { node.position <= $0 && $0 < end }
            let isWhole = builder.problems.count == before && !isFaulty
            result.documents.append(Composed.Document(root: node, isWhole: isWhole))
        }
        if builder.isOverLimit {
            result.documents = []
            result.isComplete = false
        }
        result.problems += builder.problems
    }
}

/// What the composer found in a file.
struct Composed {
    struct Document {
        var root: Node
        /// Whether nothing is wrong with its form.
        var isWhole: Bool
    }

    var documents: [Document] = []
    var problems: [Problem] = []
    /// Documents that are no YAML at all, by their text.
    var lost: [Range<Int>] = []
    /// Whether all documents are in one of the two.
    var isComplete = true
}

/// Reading, mending what is in the way of reading on, and reading again.
extension Composer {
    private mutating func roots() -> [Yams.Node] {
        while true {
            let (roots, fault) = parse()
            guard let fault else { return roots }
            let hasBudget = reparsed + 2 * scalars.count <= Limits.reparsed
            if hasBudget, mend(fault) { continue }
            result.problems.append(SyntaxProblem(source: source).problem(of: fault))
            guard hasBudget, blankDocument(of: fault) else {
                result.isComplete = false
                return roots
            }
        }
    }

    /// The documents before the first fault, and that fault.
    private mutating func parse() -> (roots: [Yams.Node], fault: YamlError?) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars { bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
        reparsed += scalars.count
        var roots: [Yams.Node] = []
        do {
            // No rules of resolution: they would only guess types, with a regular expression for each scalar.
            let parser = try Parser(yaml: String(decoding: bytes, as: UTF8.self), resolver: .basic, encoding: .utf8)
            while let root = try parser.nextRoot() { roots.append(root) }
        } catch let fault as YamlError {
            return (roots, fault)
        } catch {
            return (roots, .representer(problem: "\(error)"))
        }
        return (roots, nil)
    }

    private mutating func mend(_ fault: YamlError) -> Bool {
        switch fault {
        case .duplicatedKeysInMapping(_, let context): tellApart(at: Position(context.mark))
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _): blankProperty(before: Position(mark))
        default: false
        }
    }

    /// Makes the first of two equal keys another one; the builder lifts the disguise and tells of the pair.
    private mutating func tellApart(at position: Position) -> Bool {
        guard var index = source.index(of: position) else { return false }
        if source.scalars[index] == "\"" || source.scalars[index] == "'" { index += 1 }
        round += 1
        guard index < scalars.count, !"[]{}?\"'\\\n\r \t".unicodeScalars.contains(source.scalars[index]),
            let other = Disguise.of(source.scalars[index], round: round)
        else { return false }
        scalars[index] = other
        return true
    }

    /// Takes the anchor or tag out that stands last before the fault, if that moves or mends the fault.
    private mutating func blankProperty(before fault: Position) -> Bool {
        guard let property = lastProperty(before: source.index(of: fault) ?? source.scalars.count) else {
            return false
        }
        let written = Array(scalars[property])
        blank(property)
        if let next = parse().fault, let position = next.syntaxPosition, position <= fault {
            scalars.replaceSubrange(property, with: written)
            return false
        }
        result.problems.append(SyntaxProblem(source: source).property(at: source.position(of: property.lowerBound)))
        return true
    }

    private func lastProperty(before end: Int) -> Range<Int>? {
        let starts: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "[", "{", ","]
        let ends: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "]", "}", ","]
        for index in stride(from: min(end, scalars.count) - 1, through: 0, by: -1) {
            // What is blank already was another round's.
            guard source.scalars[index] == "&" || source.scalars[index] == "!", scalars[index] != " ",
                index == 0 || starts.contains(source.scalars[index - 1])
            else { continue }
            let stop = source.scalars[index...].firstIndex { ends.contains($0) } ?? source.scalars.count
            return index..<stop
        }
        return nil
    }

    /// Takes the whole document out in which the fault is, so that those after it are read.
    private mutating func blankDocument(of fault: YamlError) -> Bool {
        guard let start = fault.start else { return false }
        let document = source.document(at: start)
        guard scalars[document].contains(where: { $0 != " " && $0 != "\n" && $0 != "\r" }) else { return false }
        blank(document)
        result.lost.append(document)
        return true
    }

    private mutating func blank(_ range: Range<Int>) {
        for index in range where scalars[index] != "\n" && scalars[index] != "\r" { scalars[index] = " " }
    }
}

extension Position {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension YamlError {
    /// Where the text is no YAML; nil for a fault of another kind.
    var syntaxPosition: Position? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _): Position(mark)
        default: nil
        }
    }

    /// Where that begins in which the fault is; nil where Yams does not say.
    fileprivate var start: Position? {
        switch self {
        case .scanner(let context, _, let mark, _), .parser(let context, _, let mark, _):
            min(context.map { Position($0.mark) } ?? Position(mark), Position(mark))
        case .duplicatedKeysInMapping(_, let context): Position(context.mark)
        default: nil
        }
    }
}
