import CLibPQ

extension Session {
    /// Waits until the server has sent notifications, and returns all that came.
    func notifications(_ call: Call) throws(PostgresError) -> [ListenerEvent] {
        guard let postgres else { throw .closed(call, Subject()) }
        while true {
            let heard = takeNotifications(postgres)
            if !heard.isEmpty { return heard }
            do throws(Interruption) {
                try wait(postgres, writing: false, until: call.deadline, call: call.number)
            } catch {
                throw .stopped(error, call, Subject())
            }
            guard PQconsumeInput(postgres) == 1 else { throw lost(postgres, [], call, Subject(), false) }
        }
    }

    private func takeNotifications(_ postgres: OpaquePointer) -> [ListenerEvent] {
        var heard: [ListenerEvent] = []
        while let notification = PQnotifies(postgres) {
            heard.append(
                .notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)))
            PQfreemem(notification)
        }
        return heard
    }
}
