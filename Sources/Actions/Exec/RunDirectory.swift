import Glibc

/// The directory of one attempt: empty, nobody else's (0700), and removed with all that is in it.
struct RunDirectory: Sendable {
    let path: String

    /// Makes it; what an attempt of the same id left there is removed first.
    init(root: String, run: Int64, attempt: Int64) throws(DirectoryProblem) {
        path = "\(root)/run-\(run)-\(attempt)"
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

/// Makes the directory (0700) with those above it, where they are missing.
func makeDirectories(_ path: String) throws(DirectoryProblem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
        throw DirectoryProblem(path: path, verb: "made", code: errno)
    }
    try makeDirectories(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw DirectoryProblem(path: path, verb: "made", code: errno)
    }
}
