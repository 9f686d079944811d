import CGuard
import Glibc

/// Removes a directory with everything in it. Links are removed, never followed, and other file systems are left alone.
func removeTree(_ path: String) throws(DirectoryProblem) {
    guard let root = strdup(path) else { throw DirectoryProblem(path: path, verb: "removed", code: ENOMEM) }
    defer { free(root) }
    let roots = [root, nil]
    let walk = roots.withUnsafeBufferPointer { fts_open($0.baseAddress, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, nil) }
    guard let walk else { throw DirectoryProblem(path: path, verb: "removed", code: errno) }
    defer { fts_close(walk) }
    var failure: CInt?
    while let entry = fts_read(walk) {
        if let code = remove(entry) { failure = failure ?? code }
    }
    if let failure { throw DirectoryProblem(path: path, verb: "removed", code: failure) }
}

/// Removes one entry of the walk; the error's number where it could not.
private func remove(_ entry: UnsafeMutablePointer<FTSENT>) -> CInt? {
    guard let path = entry.pointee.fts_accpath else { return nil }
    switch CInt(entry.pointee.fts_info) {
    case FTS_D:
        // A command may have taken its own rights away.
        chmod(path, 0o700)
        return nil
    case FTS_DP: return rmdir(path) == 0 ? nil : errno
    case FTS_DNR, FTS_ERR, FTS_NS: return entry.pointee.fts_errno
    default: return unlink(path) == 0 ? nil : errno
    }
}
