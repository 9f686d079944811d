import Model

/// A definition and where it was written.
public struct Document: Sendable {
    public var definition: Definition
    public var file: String
    /// Of the document's first key, counted from 1.
    public var line: Int
    public var column: Int
    /// Where its values stand, by path.
    var places: [String: Place] = [:]

    public init(definition: Definition, file: String, line: Int, column: Int) {
        self.definition = definition
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place of a value; the document's own where it was left out.
    func position(_ path: String) -> Position {
        places[path]?.value ?? Position(line: line, column: column)
    }
}

/// A document that says how it is called, but in which something is wrong: others may refer to it all the same.
public struct BrokenDocument: Hashable, Sendable {
    /// Nil where that is what is wrong: it may be any.
    public var kind: Definition.Kind?
    public var name: String
    public var file: String
    public var line: Int
    public var column: Int
}
