/// One call of the client's: what it is called in errors, how long it may take, and by which number it is cancelled.
struct Call {
    let operation: String
    let deadline: Deadline
    /// Nil for what is done even in a cancelled task: rolling back and closing.
    let number: UInt64?

    func named(_ operation: String) -> Call {
        Call(operation: operation, deadline: deadline, number: number)
    }
}

/// What one exchange with the server is about, for its errors.
struct Subject {
    var statement: Statement?
    var parameters: ParameterBlock?
    /// Whether the exchange contains a COMMIT, so that its failure may leave the outcome unknown.
    var commits = false
    /// False for what leaves the data as it is, such as preparing a statement: losing it leaves no doubt.
    var mayTakeEffect = true
}

/// Why waiting for the server ended before its answer was whole.
enum Interruption: Error {
    case deadline
    case cancelled
    case lost
}

/// After what an exchange's results are complete.
enum End {
    /// libpq has nothing more to return.
    case ready
    /// The server has come to the pipeline's synchronisation point.
    case synchronised
}
