import CLibPQ

/// What the server said before it ended a session that was doing nothing. libpq takes that for a notice.
final class LastWords {
    private(set) var sqlState: String?
    private(set) var message: String?

    /// Hears all notices of a connection, for as long as this object lives.
    func listen(to postgres: OpaquePointer) {
        PQsetNoticeReceiver(
            postgres,
            { context, notice in
                guard let context, let notice else { return }
                Unmanaged<LastWords>.fromOpaque(context).takeUnretainedValue().hear(notice)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func hear(_ notice: OpaquePointer) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(notice, code).map { String(cString: $0) }
        }
        guard let severity = field(DiagnosticField.severity), severity == "FATAL" || severity == "PANIC" else { return }
        sqlState = field(DiagnosticField.sqlState)
        message = field(DiagnosticField.primary)
    }
}
