import CLibPQ

extension Session {
    /// Sends all statements, waits once, and returns what became of each.
    func pipeline(
        _ call: Call, _ statements: [(Statement, [any PostgresValue])]
    ) throws(PostgresError) -> [Result<Rows, PostgresError>] {
        guard let postgres else { throw .closed(call, Subject()) }
        try makeRoom(call)
        let steps = try plan(statements, prepares: !lookForPooler(call))
        guard PQenterPipelineMode(postgres) == 1 else {
            throw PostgresError(.usage, operation: call.operation, cause: LibpqMessage(postgres).text)
        }
        defer { leavePipelineMode() }
        let subject = Subject(commits: statements.contains { $0.0.isCommit })
        let results = try exchange(call, subject, until: .synchronised) { postgres in
            steps.allSatisfy { send($0, to: postgres) } && PQpipelineSync(postgres) == 1
        }
        guard results.last?.status == PGRES_PIPELINE_SYNC else {
            close()
            throw PostgresError(.usage, operation: call.operation, cause: "COPY is not possible in a pipeline")
        }
        return try outcomes(call, steps, results.dropLast())
    }

    private func leavePipelineMode() {
        if let postgres, PQexitPipelineMode(postgres) != 1 { close() }
    }

    /// What is sent: a preparation for each statement that the server does not know yet, and all the statements.
    private func plan(_ statements: [(Statement, [any PostgresValue])], prepares: Bool) -> [PipelineStep] {
        var steps: [PipelineStep] = []
        var fresh: [PreparedStatements.Key: String] = [:]
        for (statement, values) in statements {
            let parameters = ParameterBlock(values)
            let key = PreparedStatements.Key(statement: statement, types: parameters.types)
            guard prepares else {
                steps.append(.execute(key, nil, parameters))
                continue
            }
            if let name = fresh[key] ?? prepared.name(of: key) {
                steps.append(.execute(key, name, parameters))
                continue
            }
            let name = prepared.freshName()
            fresh[key] = name
            steps.append(.prepare(key, name))
            steps.append(.execute(key, name, parameters))
        }
        return steps
    }

    private func send(_ step: PipelineStep, to postgres: OpaquePointer) -> Bool {
        switch step {
        case .prepare(let key, let name):
            send(prepare: key, as: name, to: postgres)
        case .execute(let key, let name, let parameters):
            send(execute: key, as: name, parameters, to: postgres)
        }
    }

    /// One result for each step, in order; what comes after the last is an error of the implicit commit.
    private func outcomes(
        _ call: Call, _ steps: [PipelineStep], _ results: ArraySlice<ResultBox>
    ) throws(PostgresError) -> [Result<Rows, PostgresError>] {
        var outcomes: [Result<Rows, PostgresError>] = []
        var failedToPrepare: PostgresError?
        for (step, result) in zip(steps, results) {
            let outcome = outcome(call, step, result)
            switch step {
            case .prepare(let key, let name):
                if case .failure(let error) = outcome { failedToPrepare = failedToPrepare ?? error }
                if case .success = outcome { prepared.remember(key, as: name) }
            case .execute(let key, _, _):
                if case .failure(let error) = outcome, error.isStalePlan { prepared.forget(key) }
                outcomes.append(failedToPrepare.map { .failure($0) } ?? outcome)
                failedToPrepare = nil
            }
        }
        if results.count > steps.count, let failed = results.last, failed.isError {
            throw .server(failed, operation: "commit", statement: nil, hiding: nil)
        }
        return outcomes
    }

    private func outcome(_ call: Call, _ step: PipelineStep, _ result: ResultBox) -> Result<Rows, PostgresError> {
        let (statement, parameters) = step.subject
        if result.status == PGRES_PIPELINE_ABORTED {
            return .failure(.notRun(call, statement))
        }
        if result.isError {
            return .failure(
                .server(result, operation: call.operation, statement: statement, hiding: parameters))
        }
        return .success(Rows(result, statement: statement))
    }
}

/// One message of a pipeline that has a result of its own.
private enum PipelineStep {
    case prepare(PreparedStatements.Key, String)
    /// Without a name it goes with its text.
    case execute(PreparedStatements.Key, String?, ParameterBlock)

    var subject: (Statement, ParameterBlock?) {
        switch self {
        case .prepare(let key, _): (key.statement, nil)
        case .execute(let key, _, let parameters): (key.statement, parameters)
        }
    }
}

extension PostgresError {
    /// What the statements after a failed one in a pipeline come to.
    fileprivate static func notRun(_ call: Call, _ statement: Statement) -> PostgresError {
        var error = PostgresError(
            .server, operation: call.operation, cause: "not run, as a statement before it in the pipeline failed",
            statement: statement)
        error.sqlState = "25P02"
        return error
    }
}

extension Statement {
    /// Whether the statement ends a transaction by committing it.
    var isCommit: Bool {
        let word = sql.drop(while: \.isWhitespace).prefix { $0.isLetter }.lowercased()
        return word == "commit" || word == "end"
    }
}
