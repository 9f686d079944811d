/// A file of any kind, in lines.
struct TextFile {
    /// From the root of the repository.
    let path: String
    let lines: [Substring]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    func fault(_ line: Int, _ what: String, _ instead: String) -> Fault {
        Fault(path: path, line: line, what: what, instead: instead)
    }
}
