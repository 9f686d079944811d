import Glibc

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
