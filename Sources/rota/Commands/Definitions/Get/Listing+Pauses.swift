import Model
import Recurrence
import Reports
import Store

extension Listing {
    /// What is paused now; at one client, where that is said, with what is paused at all of them.
    static func pauses(_ pauses: [ForecastFacts.Paused], client: String?, limit: Int) -> Listing {
        var table = Table([
            .init("what", flexible: true), .init("until"), .init("by"), .init("since"), .init("reason", note: true),
        ])
        let meant = pauses.filter { client == nil || ($0.subject.client ?? client) == client }
        let shown = meant.prefix(limit)
        for paused in shown {
            table.add([
                .init(paused.subject.description), .init(paused.pause.until.map(Words.moment)),
                .init(paused.pause.actor), .init(Words.moment(paused.pause.since)), .init(paused.pause.reason),
            ])
        }
        return Listing(
            title: "pauses", items: shown.map(\.json), table: table, definitions: nil, hasMore: meant.count > limit,
            empty: "Nothing is paused.")
    }
}

extension ForecastFacts.Paused {
    var json: JSONValue {
        [
            "job": JSONValue(subject.job), "client": JSONValue(subject.client), "asset": JSONValue(subject.asset),
            "label": JSONValue(subject.label.map { "\($0.key)=\($0.value)" }), "by": .text(pause.actor),
            "reason": .text(pause.reason), "since": JSONValue(pause.since), "until": JSONValue(pause.until),
        ]
    }
}
