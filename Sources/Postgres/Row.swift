import CLibPQ

/// One row. Reading by the column's number is fastest; reading by name looks through the names.
public struct Row: Sendable {
    let result: ResultBox
    let index: Int32
    let statement: Statement

    /// The value in a column, counted from 0.
    /// - Throws: `PostgresError` of kind `decoding` where the column is not there or holds something else.
    public func get<T: PostgresValue>(_ column: Int, as type: T.Type = T.self) throws -> T {
        guard column >= 0, column < Int(PQnfields(result.pointer)) else {
            throw problem("column \(column)", "is not there: the statement returns \(PQnfields(result.pointer))")
        }
        return try value(at: Int32(column))
    }

    /// The value in a column of this name, which is compared to the letter.
    /// - Throws: `PostgresError` of kind `decoding` where the column is not there or holds something else.
    public func get<T: PostgresValue>(_ column: String, as type: T.Type = T.self) throws -> T {
        let names = 0..<PQnfields(result.pointer)
        guard let found = names.first(where: { String(cString: PQfname(result.pointer, $0)) == column }) else {
            let known = names.map { String(cString: PQfname(result.pointer, $0)) }.joined(separator: ", ")
            throw problem("column '\(column)'", "is not there: the statement returns \(known)")
        }
        return try value(at: found)
    }

    private func value<T: PostgresValue>(at column: Int32) throws -> T {
        let type = PQftype(result.pointer, column)
        guard T.canDecode(type) else {
            throw problem(
                name(column), "is \(PostgresType.name(of: type)), which is not read as \(T.self)",
                hint: "cast it in the statement, or read it as another type")
        }
        do {
            guard PQgetisnull(result.pointer, index, column) == 0 else { return try T.decodePostgresNull() }
            let length = Int(PQgetlength(result.pointer, index, column))
            let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result.pointer, index, column), count: length)
            return try T.decodePostgres(bytes.bytes, type: type)
        } catch let refusal as PostgresDecodingProblem {
            throw problem(name(column), refusal.reason)
        } catch {
            // Another module's error may quote the value, so only its type is told.
            throw problem(name(column), "was refused by \(T.self): \(Swift.type(of: error))")
        }
    }

    private func name(_ column: Int32) -> String {
        "column '\(String(cString: PQfname(result.pointer, column)))'"
    }

    private func problem(_ column: String, _ reason: String, hint: String? = nil) -> PostgresError {
        PostgresError(
            .decoding, operation: "read a row", cause: "\(column) \(reason)", hint: hint, statement: statement)
    }
}
