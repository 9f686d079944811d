import CLibPQ

extension Session {
    /// Feeds `COPY … FROM STDIN`.
    /// - Returns: how many rows the server took.
    func copy(
        _ call: Call, _ statement: Statement, _ chunks: some Sequence<[UInt8]>
    ) throws(PostgresError) -> Int {
        let subject = Subject(statement: statement)
        let begun = try exchange(call, subject) { PQsendQuery($0, statement.sql) == 1 }
        guard begun.last?.status == PGRES_COPY_IN, let postgres else {
            _ = try rows(call, subject, begun)
            throw PostgresError(
                .usage, operation: call.operation, cause: "the statement is not COPY … FROM STDIN", statement: statement
            )
        }
        var isWanted = true
        do throws(Interruption) {
            for chunk in chunks where isWanted { isWanted = try feed(chunk, to: postgres, call) }
        } catch .lost {
            throw lost(postgres, [], call, subject, isOutsideTransaction)
        } catch {
            // The server undoes a copy whose end it never saw.
            close()
            throw .stopped(error, call, subject)
        }
        let ended = try exchange(call, subject) { isWanted ? PQputCopyEnd($0, nil) == 1 : true }
        return try rows(call, subject, ended).affected
    }

    /// Hands over one chunk and waits until it is on its way, so that no more than one is held in memory.
    /// - Returns: false where the server wants no more, as it refused what it got; it will say why.
    private func feed(_ chunk: [UInt8], to postgres: OpaquePointer, _ call: Call) throws(Interruption) -> Bool {
        let taken = chunk.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { PQputCopyData(postgres, $0.baseAddress, Int32($0.count)) }
        }
        guard taken == 1 else {
            guard isOpen else { throw .lost }
            return false
        }
        while PQflush(postgres) > 0 {
            try wait(postgres, writing: true, until: call.deadline, call: call.number)
            guard PQconsumeInput(postgres) == 1 else { throw .lost }
        }
        return true
    }
}
