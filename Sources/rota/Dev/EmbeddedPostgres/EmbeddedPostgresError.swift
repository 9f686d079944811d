/// Why the embedded server is not there, and how to mend it.
struct EmbeddedPostgresError: Error, CustomStringConvertible {
    /// What is wrong and where, in one sentence without a full stop.
    let what: String
    /// What to do about it.
    let hint: String

    init(_ what: String, hint: String) {
        self.what = what
        self.hint = hint
    }

    var description: String { "\(what)\n  \(hint)" }
}
