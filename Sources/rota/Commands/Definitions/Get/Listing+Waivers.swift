import Model
import Recurrence
import Reports

extension Listing {
    /// What is waived now.
    static func waivers(_ waivers: [Waiver], now: Instant, limit: Int) -> Listing {
        var table = Table([
            .init("client", flexible: true), .init("job", flexible: true), .init("asset", flexible: true),
            .init("due up to"), .init("until"), .init("by"), .init("since", wide: true), .init("reason", note: true),
        ])
        let shown = waivers.prefix(limit)
        for waiver in shown {
            table.add([
                .init(waiver.client), .init(waiver.job), .init(waiver.asset), .init(Words.moment(waiver.covers)),
                .init(waiver.until.map(Words.moment)), .init(waiver.actor), .init(Words.moment(waiver.since)),
                .init(waiver.reason),
            ])
        }
        return Listing(
            title: "waivers", items: shown.map { $0.json(asOf: now) }, table: table, definitions: nil,
            hasMore: waivers.count > limit, empty: "Nothing is waived.")
    }
}
