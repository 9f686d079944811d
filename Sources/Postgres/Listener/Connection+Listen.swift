extension Connection {
    func listen(to channels: [String]) async throws {
        let script = channels.map { "listen \(Identifier($0).quoted);" }.joined(separator: " ")
        try await execute(script)
    }

    /// Waits, without end, until something is heard.
    func nextNotifications() async throws -> [ListenerEvent] {
        try await call("listen", .seconds(100 * 365 * 86_400)) { try session.notifications($0) }
    }
}
