import CLibPQ

extension PostgresError {
    /// What the server said in a failed result.
    static func server(
        _ result: ResultBox, operation: String, statement: Statement?, hiding parameters: ParameterBlock?
    ) -> PostgresError {
        let state = result.field(DiagnosticField.sqlState)
        let message = result.field(DiagnosticField.primary) ?? "the server gave no reason"
        var error = PostgresError(
            .server, operation: operation,
            cause: blot(message, state: state, parameters: parameters),
            statement: statement)
        error.sqlState = state
        error.position = result.field(DiagnosticField.position).flatMap { Int($0) }
        error.constraint = result.field(DiagnosticField.constraint)
        error.table = result.field(DiagnosticField.table)
        error.column = result.field(DiagnosticField.column)
        error.hint = hint(result, state: state)
        return error
    }

    /// Data exceptions (class 22) quote the datum that they refuse; other messages quote names, unless a parameter is
    /// one. The former lose all that they quote, the latter only what equals a parameter.
    private static func blot(_ message: String, state: String?, parameters: ParameterBlock?) -> String {
        if state?.hasPrefix("22") ?? false {
            return Quotation.blotAll(in: message)
        }
        guard let parameters, message.contains("\"") else { return message }
        return Quotation.blot(parameters.texts, in: message)
    }

    /// The server's own hint, except where it could quote data.
    private static func hint(_ result: ResultBox, state: String?) -> String? {
        switch state?.prefix(2) {
        case "22", "23": nil
        case "53":
            "the server is short of connections, memory or disk; \(result.field(DiagnosticField.hint) ?? "free some")"
        default: result.field(DiagnosticField.hint)
        }
    }
}
