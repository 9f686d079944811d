import Model
import Recurrence
import Reports
import Store

extension DescribedFacts {
    func describe(_ listed: ListedClient, _ assignments: [ListedAssignment]) throws -> Description {
        let client = listed.client
        var description = Description(
            "client/\(client.name)",
            json: try JSONValue(.client(client)).adding([
                .init("assetCount", JSONValue(listed.assets)),
                .init("assignments", .array(assignments.map(Self.json))),
            ]))
        description.add("title", client.title)
        description.add("timezone", client.timezone)
        description.add("business hours", Listing.joined(client.businessHours) ?? "none")
        description.add("holidays", Listing.joined(client.holidays))
        description.add("labels", Listing.labels(client.labels))
        description.add("contacts", Listing.labels(client.contacts))
        description.add("assets", String(listed.assets))
        description.add("changed", Words.moment(listed.changedAt))

        var table = Table([.init("job")] + Self.assignmentColumns)
        for assignment in assignments { table.add([.init(assignment.job)] + assignmentCells(assignment)) }
        description.add("Jobs", table, empty: "No job is for it.")
        return description
    }
}
