import Model
import Recurrence
import Reports
import Store

extension DescribedFacts {
    func describe(_ listed: ListedAsset) throws -> Description {
        let asset = listed.asset
        let jobs = try catalogue.jobs.values.filter { try works($0, on: asset) }.sorted { $0.name < $1.name }
        var description = Description(
            "asset/\(asset.name)",
            json: try JSONValue(.asset(asset)).adding([
                .init("imported", .bool(listed.isImported)), .init("jobs", .array(jobs.map { .text($0.name) })),
            ]))
        description.add("client", asset.client)
        description.add("is", asset.kind)
        description.add("endpoint", asset.isEndpoint ? "yes" : "no")
        description.add("labels", Listing.labels(asset.labels))
        for (fact, value) in asset.facts.sorted(by: { $0.key < $1.key }) { description.add(fact, value) }
        description.add("from", listed.isImported ? "an import" : "a manifest")
        description.add("changed", Words.moment(listed.changedAt))

        var table = Table([.init("job"), .init("schedule", flexible: true), .init("next")])
        for job in jobs {
            let start = next(job.name, asset.client)?.startsAt
            table.add([
                .init(job.name), .init(job.schedule.inWords), .init(start.map { Words.distance(to: $0, from: now) }),
            ])
        }
        description.add("Jobs", table, empty: "No job works on it.")
        return description
    }

    private func works(_ job: Job, on asset: Asset) throws -> Bool {
        guard let targets = job.targets, let client = catalogue.clients[asset.client], job.clients.matches(client)
        else {
            return false
        }
        return targets.matches(asset, on: try Zone.named(client.timezone).local(now).date)
    }
}
