import Glibc

/// The directory of one attempt: empty, nobody else's (0700), and removed with all that is in it.
struct RunDirectory: Sendable {
    let path: String

    private let root: String

    /// Names it; it is not there yet.
    init(root: String, run: Int64, attempt: Int64) {
        self.root = root
        path = "\(root)/run-\(run)-\(attempt)"
    }

    /// Makes it; what an attempt of the same id left there is removed first.
    func make() throws(DirectoryProblem) {
        try makeDirectories(root)
        if mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST else { throw DirectoryProblem(path: path, verb: "made", code: errno) }
        try remove()
        guard mkdir(path, 0o700) == 0 else { throw DirectoryProblem(path: path, verb: "made", code: errno) }
    }

    func remove() throws(DirectoryProblem) { try removeTree(path) }
}

struct DirectoryProblem: Error, CustomStringConvertible {
    var path: String
    var verb: String
    var code: CInt
    var description: String { "\(path) could not be \(verb): \(errorText(code))" }
}
