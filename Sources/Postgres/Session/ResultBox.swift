import CLibPQ

/// One result of the server's, freed with its last reader. It never changes once it is there, so any thread may read it.
final class ResultBox: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var isError: Bool {
        status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE
    }

    /// Whether the server ended the session with this error.
    var isFatal: Bool {
        let severity = field(DiagnosticField.severity)
        return severity == "FATAL" || severity == "PANIC"
    }

    /// `INSERT 0 1`, `COMMIT`, `ROLLBACK`.
    var commandTag: String {
        String(cString: PQcmdStatus(pointer))
    }

    func field(_ code: Int32) -> String? {
        PQresultErrorField(pointer, code).map { String(cString: $0) }
    }
}
