import CLibPQ

extension PostgresError {
    static func closed(_ call: Call, _ subject: Subject) -> PostgresError {
        PostgresError(
            .connectionLost, operation: call.operation, cause: "the connection is closed",
            hint: "connect again, or take connections from a pool, which replaces them", statement: subject.statement)
    }

    static func stopped(_ reason: Interruption, _ call: Call, _ subject: Subject) -> PostgresError {
        switch reason {
        case .cancelled:
            PostgresError(
                .cancelled, operation: call.operation, cause: "cancelled by the caller", statement: subject.statement)
        case .deadline, .lost:
            PostgresError(
                .deadline, operation: call.operation, cause: "no answer before the deadline",
                hint: "see in pg_stat_activity what it waits for, or give it a longer deadline",
                statement: subject.statement)
        }
    }

    /// The same error, which now says that nobody knows whether the statement took effect.
    func withUnknownOutcome(_ isUnknown: Bool, _ subject: Subject) -> PostgresError {
        guard isUnknown else { return self }
        var error = self
        if subject.commits {
            error = PostgresError(
                .outcomeUnknown, operation: operation, cause: "\(cause), while a commit was under way", hint: hint,
                statement: statement)
            error.sqlState = sqlState
        }
        error.outcomeIsUnknown = true
        return error
    }
}

extension Session {
    /// Drops a connection that broke and says why it did.
    func lost(
        _ postgres: OpaquePointer, _ results: [ResultBox], _ call: Call, _ subject: Subject, _ isInDoubt: Bool
    ) -> PostgresError {
        let last = results.last { $0.isError }
        let message = LibpqMessage(postgres)
        let reason = last?.field(DiagnosticField.primary) ?? lastWords.message ?? message.text
        var error = PostgresError(
            .connectionLost, operation: call.operation, cause: reason,
            hint: "is the server still running? see its log", statement: subject.statement)
        error.sqlState = last?.field(DiagnosticField.sqlState) ?? lastWords.sqlState ?? message.sqlState
        close()
        return error.withUnknownOutcome(isInDoubt, subject)
    }
}
