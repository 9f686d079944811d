/// A file that is not there, for a rule to look at.
func sample(_ source: String, at path: String = "Sources/Model/Sample.swift") -> SwiftFile {
    SwiftFile(path: path, source: source)
}

extension [Fault] {
    /// The lines that were found fault with.
    var lines: [Int] { map(\.line) }
}
