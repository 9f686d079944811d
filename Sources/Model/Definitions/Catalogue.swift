/// All definitions of one database, or of one set of manifests, by name.
public struct Catalogue: Hashable, Sendable {
    public var clients: [String: Client] = [:]
    public var calendars: [String: Calendar] = [:]
    public var windows: [String: WindowRule] = [:]
    public var assets: [String: Asset] = [:]
    public var jobs: [String: Job] = [:]

    public init() {}

    public init(_ definitions: some Sequence<Definition>) {
        for definition in definitions { insert(definition) }
    }

    /// Puts the definition in, in the place of one of the same kind and name.
    public mutating func insert(_ definition: Definition) {
        switch definition {
        case .client(let client): clients[client.name] = client
        case .calendar(let calendar): calendars[calendar.name] = calendar
        case .window(let window): windows[window.name] = window
        case .asset(let asset): assets[asset.name] = asset
        case .job(let job): jobs[job.name] = job
        }
    }

    /// The clients for whom a job is, by name.
    public func clients(of job: Job) -> [Client] {
        clients.values.filter(job.clients.matches).sorted { $0.name < $1.name }
    }
}
