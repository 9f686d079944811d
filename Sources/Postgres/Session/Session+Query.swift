import CLibPQ

extension Session {
    /// Runs one statement, prepared the first time.
    func query(
        _ call: Call, _ statement: Statement, _ values: [any PostgresValue], commits: Bool = false
    ) throws(PostgresError) -> Rows {
        let parameters = ParameterBlock(values)
        let key = PreparedStatements.Key(statement: statement, types: parameters.types)
        if try lookForPooler(call) { return try execute(call, key, as: nil, parameters, commits) }
        guard let known = prepared.name(of: key) else {
            return try execute(call, key, as: prepare(call, key), parameters, commits)
        }
        let mayRepeat = isOutsideTransaction
        do {
            return try execute(call, key, as: known, parameters, commits)
        } catch  where error.isStalePlan {
            prepared.forget(key)
            guard mayRepeat else { throw error }
            return try execute(call, key, as: prepare(call, key), parameters, commits)
        }
    }

    private func execute(
        _ call: Call, _ key: PreparedStatements.Key, as name: String?, _ parameters: ParameterBlock, _ commits: Bool
    ) throws(PostgresError) -> Rows {
        let subject = Subject(statement: key.statement, parameters: parameters, commits: commits)
        let results = try exchange(call, subject) { send(execute: key, as: name, parameters, to: $0) }
        return try rows(call, subject, results)
    }

    /// - Parameter name: nil where the statement is not prepared, and goes with its text.
    func send(
        execute key: PreparedStatements.Key, as name: String?, _ parameters: ParameterBlock, to postgres: OpaquePointer
    ) -> Bool {
        let count = Int32(parameters.count)
        return parameters.withPointers { values, lengths, formats in
            if let name {
                PQsendQueryPrepared(postgres, name, count, values, lengths, formats, 1) == 1
            } else {
                PQsendQueryParams(postgres, key.statement.sql, count, key.types, values, lengths, formats, 1) == 1
            }
        }
    }

    /// Makes the server know a statement.
    /// - Returns: the name by which it does.
    private func prepare(_ call: Call, _ key: PreparedStatements.Key) throws(PostgresError) -> String {
        try makeRoom(call)
        let name = prepared.freshName()
        let subject = Subject(statement: key.statement, mayTakeEffect: false)
        let results = try exchange(call, subject) { send(prepare: key, as: name, to: $0) }
        _ = try rows(call, subject, results)
        prepared.remember(key, as: name)
        return name
    }

    func send(prepare key: PreparedStatements.Key, as name: String, to postgres: OpaquePointer) -> Bool {
        PQsendPrepare(postgres, name, key.statement.sql, Int32(key.types.count), key.types) == 1
    }

    /// Lets the server forget what was unused for longest, where there are too many statements.
    func makeRoom(_ call: Call) throws(PostgresError) {
        while let oldest = prepared.evict() {
            try command(call, "deallocate \(oldest)")
        }
    }

    /// The last result as rows, or the first error.
    func rows(_ call: Call, _ subject: Subject, _ results: [ResultBox]) throws(PostgresError) -> Rows {
        if let failed = results.first(where: \.isError) {
            throw .server(
                failed, operation: call.operation, statement: subject.statement, hiding: subject.parameters)
        }
        guard let last = results.last, !last.isCopy else {
            close()
            throw PostgresError(
                .usage, operation: call.operation, cause: "COPY needs copy(), and COPY … TO STDOUT is not supported",
                statement: subject.statement)
        }
        return Rows(last, statement: subject.statement ?? "")
    }
}

extension PostgresError {
    /// Whether the server knows a prepared statement no more, or may not run its plan as the tables changed.
    var isStalePlan: Bool {
        sqlState == "26000" || sqlState == "0A000"
    }
}
