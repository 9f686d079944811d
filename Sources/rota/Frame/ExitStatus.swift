/// How a command ends, so that scripts can ask. A command throws it when it has said everything already.
enum ExitStatus: Int32, Error {
    case done = 0
    /// It failed.
    case failed = 1
    /// The call's words are wrong.
    case wrongWords = 2
    /// The answer is "no": overdue work, differences, a schema that is not up to date.
    case no = 3
    /// The database cannot be reached, or cannot be used.
    case unreachable = 4
}
