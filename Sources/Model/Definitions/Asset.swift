/// Something that work is done on: a server, a backup, a person to train.
public struct Asset: Codable, Hashable, Sendable {
    public var name: String
    /// The name of the client to whom it belongs.
    public var client: String
    /// `server`, `workstation`, `laptop`, `network`, `printer`, `backup`, `domain`, `service`, `site`, `person`, or a word of one's own.
    public var kind: String
    /// Whether it counts as an endpoint in reports; nil is what its kind says.
    public var endpoint: Bool?
    public var labels: [String: String]
    /// What is known of it, as text: `purchased: "2021-03-09"`.
    public var facts: [String: String]

    public init(
        name: String, client: String, kind: String, endpoint: Bool? = nil, labels: [String: String] = [:],
        facts: [String: String] = [:]
    ) {
        self.name = name
        self.client = client
        self.kind = kind
        self.endpoint = endpoint
        self.labels = labels
        self.facts = facts
    }

    /// Servers, workstations and laptops are endpoints unless they are told otherwise, and nothing else is.
    public var isEndpoint: Bool { endpoint ?? ["server", "workstation", "laptop"].contains(kind) }

    enum CodingKeys: String, CodingKey {
        case name, client, endpoint, labels, facts
        case kind = "is"
    }
}
