import Model
import Recurrence
import Reports
import Store

extension Listing {
    static func clients(_ clients: [ListedClient], now: Instant) throws -> Listing {
        var table = Table([
            .init("client"), .init("title", flexible: true), .init("timezone"), .init("local time"),
            .init("assets", .right), .init("jobs", .right), .init("business hours", flexible: true, wide: true),
            .init("holidays", flexible: true, wide: true), .init("labels", flexible: true, wide: true),
        ])
        for listed in clients {
            let client = listed.client
            table.add([
                .init(client.name), .init(client.title), .init(client.timezone), .init(localTime(client, now)),
                .init(listed.assets), .init(listed.jobs), .init(joined(client.businessHours)),
                .init(joined(client.holidays)), .init(labels(client.labels)),
            ])
        }
        let items = try clients.map { listed in
            try JSONValue(.client(listed.client)).adding([
                .init("changedAt", JSONValue(listed.changedAt)), .init("assetCount", JSONValue(listed.assets)),
                .init("jobCount", JSONValue(listed.jobs)),
            ])
        }
        return Listing(
            title: "clients", items: items, table: table, definitions: clients.map { .client($0.client) })
    }

    /// Nil where the zone has gone from this machine's data.
    private static func localTime(_ client: Client, _ now: Instant) -> String? {
        do throws(ZoneError) {
            return LocalText.minute(try Zone.named(client.timezone).local(now))
        } catch {
            return nil
        }
    }

    static func joined(_ texts: [String]) -> String? { texts.isEmpty ? nil : texts.joined(separator: ", ") }

    /// `os=linux, ring=canary`
    static func labels(_ labels: [String: String]) -> String? {
        joined(labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    }
}
