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

    /// Whether the server now wants to be fed, or to feed us.
    var isCopy: Bool {
        [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(status)
    }

    /// `INSERT 0 1`, `COMMIT`, `ROLLBACK`.
    var commandTag: String {
        String(cString: PQcmdStatus(pointer))
    }

    func field(_ code: Int32) -> String? {
        PQresultErrorField(pointer, code).map { String(cString: $0) }
    }
}
