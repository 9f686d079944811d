/// How a value is written: how it is read, with every refusal, how it is written again, and what an editor is told of it.
///
/// The three stand together, and bounds are given once to all of them, so that none can depart from the others.
struct Shape<Value: Equatable & Sendable>: Sendable {
    /// For messages: `a whole number from 0 to 100`.
    let expected: String
    /// A piece of JSON Schema.
    let schema: Json
    /// Nil where it was refused; then a problem was added.
    let read: @Sendable (Cursor) -> Value?
    let write: @Sendable (Value) -> Tree
}
