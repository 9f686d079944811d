import Model

/// Sends a message to people: a line in a file, or JSON to a webhook.
struct PerformRemind: Sendable {
    let remind: RemindAction
    let context: ActionContext
    let environment: ActionEnvironment

    func perform() async -> Outcome {
        let message: String
        do {
            message = try context.filled(remind.message)
        } catch {
            return Outcome(.failed, message: "the message \(error.message)")
        }
        switch remind.to {
        case .file(let path): return await append(message, to: path)
        case .webhook(let address):
            return await WebhookReminder(address: address, message: message, context: context).send()
        }
    }

    private func append(_ message: String, to path: String) async -> Outcome {
        let reminder = FileReminder(path: path, message: message, context: context, environment: environment)
        do {
            return try await onThread { reminder.append() }
        } catch {
            return Outcome(.failed, message: error.description)
        }
    }
}
