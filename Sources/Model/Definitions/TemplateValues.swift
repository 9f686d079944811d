import Recurrence

/// What the fields of a template stand for in one run.
public struct TemplateValues: Hashable, Sendable {
    private var values: [String: String]

    public init(run: Int64, job: String, due: Instant, local: LocalTime, client: Client, asset: Asset?) {
        values = [
            "run": String(run), "job.name": job, "due": due.description, "local": local.description,
            "client.name": client.name, "client.title": client.title ?? client.name,
            "client.timezone": client.timezone,
        ]
        for (key, value) in client.labels { values["client.labels.\(key)"] = value }
        for (key, value) in client.contacts { values["client.contacts.\(key)"] = value }
        guard let asset else { return }
        values["asset.name"] = asset.name
        values["asset.kind"] = asset.kind
        for (key, value) in asset.labels { values["asset.labels.\(key)"] = value }
        for (key, value) in asset.facts { values["asset.facts.\(key)"] = value }
    }

    /// The value of a field; nil where there is none.
    public subscript(field: String) -> String? { values[field] }
}
