import Recurrence

/// What the fields of a template stand for in one run. Nothing is put into words until it is asked for: most runs ask for
/// little of it.
public struct TemplateValues: Sendable {
    private var run: Int64
    private var job: String
    private var due: Instant
    private var local: LocalTime
    private var client: Client
    private var asset: Asset?

    public init(run: Int64, job: String, due: Instant, local: LocalTime, client: Client, asset: Asset?) {
        self.run = run
        self.job = job
        self.due = due
        self.local = local
        self.client = client
        self.asset = asset
    }

    /// The value of a field; nil where there is none.
    public subscript(field: String) -> String? {
        switch field {
        case "run": String(run)
        case "job.name": job
        case "due": due.description
        case "local": local.description
        case "client.name": client.name
        case "client.title": client.title ?? client.name
        case "client.timezone": client.timezone
        case "asset.name": asset?.name
        case "asset.kind": asset?.kind
        default: entry(field)
        }
    }

    /// What stands under a key of one of the dictionaries: `asset.labels.os`.
    private func entry(_ field: String) -> String? {
        let dictionaries = [
            ("client.labels.", client.labels), ("client.contacts.", client.contacts),
            ("asset.labels.", asset?.labels ?? [:]), ("asset.facts.", asset?.facts ?? [:]),
        ]
        for (prefix, dictionary) in dictionaries where field.hasPrefix(prefix) {
            return dictionary[String(field.dropFirst(prefix.count))]
        }
        return nil
    }
}
