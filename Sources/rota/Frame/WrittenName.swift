import Manifest

/// Names of a call that nothing looks up before it is over.
enum WrittenName {
    /// - Throws: `CommandFailure` with exit code 2 where no manifest can have such a name.
    static func check(_ kind: String, _ name: String) throws {
        guard !Names.isName(name) else { return }
        throw CommandFailure.words(
            "'\(name)' is no name of a \(kind)",
            mend: "names are small letters, digits and '-' inside; give another --\(kind)")
    }
}
