import AsyncHTTPClient

/// One POST to a target whose addresses have been looked at. How long all of it may take is the caller's to say: it is
/// over soon after its task is cancelled.
struct WebhookPost: Sendable {
    let target: WebhookTarget
    let body: [UInt8]
    let idempotencyKey: String

    /// How much of an answer is read, in bytes.
    private static let answerLimit = 300

    /// Tries one address after the other until one can be connected to.
    func send(to addresses: [HostAddress]) async throws -> WebhookAnswer {
        for address in addresses.dropLast() {
            do {
                return try await send(to: address)
            } catch {
                guard Self.isOfAddress(error) else { throw error }
            }
        }
        guard let last = addresses.last else { throw WebhookProblem(description: "it has no address") }
        return try await send(to: last)
    }

    /// Whether the address itself is at fault. Should a message have gone out before the connection broke, its key
    /// keeps the receiver from taking it twice.
    private static func isOfAddress(_ error: any Error) -> Bool {
        guard let error = error as? HTTPClientError else { return !(error is CancellationError) }
        return error == .connectTimeout
    }

    private func send(to address: HostAddress) async throws -> WebhookAnswer {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration(address))
        do {
            let answer = try await answer(from: client)
            try await client.shutdown()
            return answer
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private func configuration(_ address: HostAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3)), decompression: .disabled)
        // The name still goes into the request and the certificate's check; only it is not resolved a second time.
        configuration.dnsOverride = [target.host: address.text]
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    private func answer(from client: HTTPClient) async throws -> WebhookAnswer {
        var request = HTTPClientRequest(url: target.url.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Idempotency-Key", value: idempotencyKey)
        request.headers.add(name: "User-Agent", value: "rota")
        request.body = .bytes(body, length: .known(Int64(body.count)))
        let response = try await client.execute(request, timeout: .minutes(5))
        var read: [UInt8] = []
        if !(200...299).contains(response.status.code) {
            for try await piece in response.body {
                read += piece.readableBytesView
                if read.count >= Self.answerLimit { break }
            }
        }
        return WebhookAnswer(
            status: Int(response.status.code), beginning: String(decoding: read.prefix(Self.answerLimit), as: UTF8.self)
        )
    }
}

/// What a webhook answered.
struct WebhookAnswer: Hashable, Sendable {
    var status: Int
    /// Of its body, where it is no success.
    var beginning: String
}
