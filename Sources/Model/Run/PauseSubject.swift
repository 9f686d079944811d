/// What a pause holds: all that fits each of what it names.
public struct PauseSubject: Hashable, Sendable {
    /// Of a job, a client or an asset.
    public struct Label: Hashable, Sendable {
        public var key: String
        public var value: String

        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    public var job: String?
    public var client: String?
    public var asset: String?
    public var label: Label?

    public init(job: String? = nil, client: String? = nil, asset: String? = nil, label: Label? = nil) {
        self.job = job
        self.client = client
        self.asset = asset
        self.label = label
    }

    public var isJobAlone: Bool { job != nil && client == nil && asset == nil && label == nil }
}

extension PauseSubject: CustomStringConvertible {
    /// `job/patch client/acme`.
    public var description: String {
        [
            job.map { "job/\($0)" }, client.map { "client/\($0)" }, asset.map { "asset/\($0)" },
            label.map { "label/\($0.key)=\($0.value)" },
        ].compactMap { $0 }.joined(separator: " ")
    }
}
