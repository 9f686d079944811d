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
    /// `withStandards` says whether to write what is as it would be anyway.
    let write: @Sendable (_ value: Value, _ withStandards: Bool) -> Tree

    init(
        expected: String, schema: Json, read: @escaping @Sendable (Cursor) -> Value?,
        writeParts write: @escaping @Sendable (_ value: Value, _ withStandards: Bool) -> Tree
    ) {
        self.expected = expected
        self.schema = schema
        self.read = read
        self.write = write
    }

    /// A value in which nothing can be left out.
    init(
        expected: String, schema: Json, read: @escaping @Sendable (Cursor) -> Value?,
        write: @escaping @Sendable (_ value: Value) -> Tree
    ) {
        self.init(expected: expected, schema: schema, read: read, writeParts: { value, _ in write(value) })
    }
}
