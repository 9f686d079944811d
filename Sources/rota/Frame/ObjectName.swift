/// `KIND/NAME`, as commands name things.
struct ObjectName: Hashable, Sendable, CustomStringConvertible {
    var kind: String
    var name: String

    init(_ kind: String, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// Nil where it is not two words with a slash between them.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(parts[0].lowercased(), String(parts[1]))
    }

    /// The job's name, whether it is written `job/NAME` or `NAME`.
    static func job(_ text: String) -> String {
        guard let object = ObjectName(text), object.kind == "job" else { return text }
        return object.name
    }

    var description: String { "\(kind)/\(name)" }
}
