import FoundationEssentials

/// Where a webhook's address leads.
struct WebhookTarget: Sendable {
    let url: URL
    let host: String

    init(_ address: String) throws(WebhookProblem) {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host(),
            !host.isEmpty, !host.contains("%")
        else {
            // A name with an escape in it could be read in one way here and in another by the client.
            throw WebhookProblem(description: "its address cannot be read")
        }
        guard scheme == "http" || scheme == "https" else {
            throw WebhookProblem(description: "its address begins with neither http:// nor https://")
        }
        guard url.user() == nil, url.password() == nil else {
            throw WebhookProblem(description: "its address holds a user's name: it would be stored with the job")
        }
        self.url = url
        self.host = host
    }

    /// Every address of the host; refused as a whole if any of them is one that no action may reach.
    func resolve() async throws -> [HostAddress] {
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = try await abandonable { resolveHost(name) }.get()
        if let refused = addresses.first(where: { RefusedAddress.contains($0.bytes) }) {
            throw WebhookProblem(
                description: "it leads to \(refused.text), a link-local or metadata address, which is never asked")
        }
        return addresses
    }
}

struct WebhookProblem: Error, CustomStringConvertible {
    var description: String
}
