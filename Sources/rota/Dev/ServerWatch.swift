import ServiceLifecycle

/// Ends the other parts when their server ends by itself.
struct ServerWatch: Service {
    let server: EmbeddedPostgres

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await server.waitForEnd() }
    }
}
