import CLibPQ

/// What a statement returned: its rows, in order, and how many it affected.
public struct Rows: Sendable, RandomAccessCollection {
    let result: ResultBox
    let statement: Statement
    public let endIndex: Int

    init(_ result: ResultBox, statement: Statement) {
        self.result = result
        self.statement = statement
        self.endIndex = Int(PQntuples(result.pointer))
    }

    public var startIndex: Int { 0 }

    public subscript(index: Int) -> Row {
        precondition(index >= 0 && index < endIndex, "row \(index) of \(endIndex)")
        return Row(result: result, index: Int32(index), statement: statement)
    }

    /// Rows inserted, updated, deleted or selected; 0 for other commands.
    public var affected: Int {
        Int(String(cString: PQcmdTuples(result.pointer))) ?? 0
    }

    /// The names of the columns.
    public var columns: [String] {
        (0..<PQnfields(result.pointer)).map { String(cString: PQfname(result.pointer, $0)) }
    }

    /// Every row through `body`.
    /// - Throws: `PostgresError` of kind `decoding`, or what `body` throws.
    public func decode<T>(_ body: (Row) throws -> T) throws -> [T] {
        try map(body)
    }

    /// The only row, or nil where there is none.
    /// - Throws: `PostgresError` of kind `decoding` where there are several.
    public func atMostOne() throws -> Row? {
        guard count <= 1 else {
            throw PostgresError(
                .decoding, operation: "query", cause: "\(count) rows, where at most one was expected",
                statement: statement)
        }
        return first
    }

    /// The only row.
    /// - Throws: `PostgresError` of kind `decoding` where there is none, or several.
    public func only() throws -> Row {
        guard let row = try atMostOne() else {
            throw PostgresError(
                .decoding, operation: "query", cause: "no row, where one was expected", statement: statement)
        }
        return row
    }
}
