import Glibc

/// An error of the system, in its own words.
struct SystemError: Error, CustomStringConvertible {
    let code: Int32
    var description: String { String(cString: strerror(code)) }

    /// What the last call of the system failed with.
    static var last: SystemError { SystemError(code: errno) }
}
