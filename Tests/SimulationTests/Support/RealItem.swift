/// What is to happen in a database of itself.
enum RealItem: Sendable {
    /// A worker tells how its attempt ended.
    case end(Int64)
    /// The last renewal of a lease of which the worker is not heard of again.
    case lastRenewal(Int64)
    /// A lease has run out, and the time of grace after it.
    case lose
    /// A worker hears that it is to end its attempt.
    case cancel(Int64)
    /// A person has done a task.
    case complete(Int64)
}
