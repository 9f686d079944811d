import CLibPQ

extension Session {
    /// Sends something and collects the server's whole answer.
    ///
    /// When the deadline passes or the task is cancelled, the server is asked to stop and given a moment to say so, after
    /// which the connection is as good as before. One that stays silent is dropped.
    /// - Returns: all results, failed ones included.
    func exchange(
        _ call: Call, _ subject: Subject, until end: End = .ready, send: (OpaquePointer) -> Bool
    ) throws(PostgresError) -> [ResultBox] {
        guard let postgres else { throw .closed(call, subject) }
        if let number = call.number, wake.isCancelled(call: number) { throw .stopped(.cancelled, call, subject) }
        if call.deadline.isPast { throw .stopped(.deadline, call, subject) }
        let isInDoubt = subject.commits || (subject.mayTakeEffect && isOutsideTransaction)
        guard send(postgres) else {
            guard isOpen else { throw lost(postgres, [], call, subject, isInDoubt) }
            let reason = LibpqMessage(postgres).text
            // Half a pipeline was sent, which nothing can take back.
            if end == .synchronised { close() }
            throw PostgresError(.usage, operation: call.operation, cause: reason, statement: subject.statement)
        }
        var results: [ResultBox] = []
        do throws(Interruption) {
            try collect(&results, from: postgres, until: end, deadline: call.deadline, call: call.number)
        } catch .lost {
            throw lost(postgres, results, call, subject, isInDoubt)
        } catch {
            try settle(&results, postgres, after: error, until: end, call, subject, isInDoubt)
        }
        // An answer that came whole counts, even if the server left right after it.
        let isWhole = !results.isEmpty && !results.contains(where: \.isError)
        guard isOpen || isWhole else { throw lost(postgres, results, call, subject, isInDoubt) }
        return results
    }

    /// Takes results until the answer is whole.
    private func collect(
        _ results: inout [ResultBox], from postgres: OpaquePointer, until end: End, deadline: Deadline,
        call number: UInt64?
    ) throws(Interruption) {
        while true {
            let unsent = PQflush(postgres)
            while PQisBusy(postgres) == 0 {
                guard let pointer = PQgetResult(postgres) else {
                    if end == .ready { return }
                    if PQstatus(postgres) == CONNECTION_BAD { throw .lost }
                    continue
                }
                let result = ResultBox(pointer)
                results.append(result)
                if result.endsExchange { return }
            }
            if PQstatus(postgres) == CONNECTION_BAD { throw .lost }
            try wait(postgres, writing: unsent > 0, until: deadline, call: number)
            // A failure shows in the next result, which carries the server's last words.
            _ = PQconsumeInput(postgres)
        }
    }

    /// Brings an interrupted exchange to an end that is known, or drops the connection.
    private func settle(
        _ results: inout [ResultBox], _ postgres: OpaquePointer, after reason: Interruption, until end: End,
        _ call: Call, _ subject: Subject, _ isInDoubt: Bool
    ) throws(PostgresError) {
        let error = PostgresError.stopped(reason, call, subject)
        let grace = Deadline(after: Session.grace)
        do throws(Interruption) {
            let request = CancelRequest(postgres, wake: wake)
            try collect(&results, from: postgres, until: end, deadline: grace, call: nil)
            // A request that is still on its way could hit the next statement.
            while !request.isDone { try waitForWake(until: grace) }
        } catch {
            close()
            throw .stopped(reason, call, subject).withUnknownOutcome(isInDoubt, subject)
        }
        if results.contains(where: { $0.field(DiagnosticField.sqlState) == "57014" }) {
            // A pipeline may have committed before the statement that was ended.
            throw error.withUnknownOutcome(end == .synchronised && subject.commits, subject)
        }
        // The server was faster. Whether a success outside a transaction is on disk everywhere is not known, as a
        // cancelled wait for a synchronous standby reports success too.
        if !results.contains(where: \.isError), isInDoubt {
            throw error.withUnknownOutcome(true, subject)
        }
    }
}

extension ResultBox {
    /// Whether libpq has nothing to add to this result, or would only repeat it until it is fed.
    fileprivate var endsExchange: Bool {
        status == PGRES_PIPELINE_SYNC || isCopy
    }
}
