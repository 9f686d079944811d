import FoundationEssentials
import Model

/// Posts a reminder as JSON. It is delivered when the answer is a 2xx.
///
/// No redirect is followed, and no address of ``RefusedAddress`` is reached: the name is resolved once, every address
/// is looked at, and the connection goes to one of those and nowhere else.
struct WebhookReminder: Sendable {
    let address: String
    let message: String
    let context: ActionContext
    /// For all of it: resolving, connecting, sending, waiting for the answer.
    var timeout: Duration = .seconds(10)
    var clock: any Clock<Duration> = ContinuousClock()

    func send() async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await deliver() }
            group.addTask {
                do {
                    try await clock.sleep(for: timeout)
                    return Outcome(.failed, message: "\(host): no answer within \(timeout.components.seconds) s")
                } catch {
                    return nil
                }
            }
            defer { group.cancelAll() }
            for await case let outcome? in group { return outcome }
            return Outcome(.cancelled, message: "it was cancelled")
        }
    }

    /// Told instead of the address, which may hold a token.
    private var host: String { URL(string: address)?.host() ?? "the webhook" }

    private func deliver() async -> Outcome {
        do {
            let target = try WebhookTarget(address)
            let post = WebhookPost(
                target: target, body: try WebhookMessage(context, message).encoded(),
                idempotencyKey: "rota-\(context.run)-\(context.attempt)")
            let answer = try await post.send(to: try await target.resolve())
            return outcome(of: answer)
        } catch {
            if Task.isCancelled { return Outcome(.cancelled, message: "it was cancelled") }
            return Outcome(.failed, message: "\(host): \(error)")
        }
    }

    private func outcome(of answer: WebhookAnswer) -> Outcome {
        let status = "\(host) answered \(answer.status)"
        switch answer.status {
        case 200...299: return Outcome(.succeeded, message: status, delivered: true)
        case 300...399: return Outcome(.failed, message: "\(status), a redirect, which is not followed")
        default:
            let detail = answer.beginning.isEmpty ? "" : ": \(answer.beginning)"
            return Outcome(.failed, message: status + detail)
        }
    }
}

/// What is posted.
private struct WebhookMessage: Encodable {
    let run: Int64
    let attempt: Int64
    let job: String
    let client: String
    let asset: String?
    let due: String
    let message: String

    init(_ context: ActionContext, _ message: String) {
        run = context.run
        attempt = context.attempt
        job = context.job
        client = context.client
        asset = context.asset
        due = context.due.description
        self.message = message
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
