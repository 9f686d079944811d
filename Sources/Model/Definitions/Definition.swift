/// One document of a manifest.
public enum Definition: Hashable, Sendable {
    case client(Client)
    case calendar(Calendar)
    case window(WindowRule)
    case asset(Asset)
    case job(Job)

    /// The word after `kind:`.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case client = "Client"
        case calendar = "Calendar"
        case window = "Window"
        case asset = "Asset"
        case job = "Job"
    }

    public var kind: Kind {
        switch self {
        case .client: .client
        case .calendar: .calendar
        case .window: .window
        case .asset: .asset
        case .job: .job
        }
    }

    public var name: String {
        switch self {
        case .client(let client): client.name
        case .calendar(let calendar): calendar.name
        case .window(let window): window.name
        case .asset(let asset): asset.name
        case .job(let job): job.name
        }
    }
}
