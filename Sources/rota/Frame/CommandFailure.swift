/// Why a command did not do what it was asked, for a person: where, what, and how to mend it.
struct CommandFailure: Error, Hashable {
    /// The command, file or object that it is about; nil is the command that ran.
    var place: String?
    /// What is wrong, in one line.
    var what: String
    /// What to do about it, in one line.
    var mend: String?
    var status: ExitStatus

    init(_ what: String, mend: String? = nil, at place: String? = nil, status: ExitStatus = .failed) {
        self.place = place
        self.what = what
        self.mend = mend
        self.status = status
    }

    /// The words of the call are wrong (exit code 2).
    static func words(_ what: String, mend: String? = nil) -> CommandFailure {
        CommandFailure(what, mend: mend, status: .wrongWords)
    }

    /// What stands on standard error: one line, and one that says how to mend it.
    func lines(command: String) -> [String] {
        [PlainText.line("\(place ?? command): \(what)")] + (mend.map { ["  \(PlainText.line($0))"] } ?? [])
    }
}
