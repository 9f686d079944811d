import Model
import Recurrence
import Reports
import Store

extension Listing {
    static func jobs(_ jobs: [ListedJob], now: Instant) throws -> Listing {
        var table = Table([
            .init("job"), .init("schedule", flexible: true), .init("clients", .right), .init("action"),
            .init("state"), .init("window", wide: true), .init("queue", wide: true),
            .init("revision", .right, wide: true),
            .init("changed", wide: true), .init("by", wide: true), .init("summary", flexible: true, wide: true),
        ])
        for listed in jobs {
            let job = listed.job
            table.add([
                .init(job.name), .init(job.schedule.inWords), .init(listed.clients), .init(job.action.kind),
                state(listed), .init(job.window), .init(job.queue), .init(listed.revision),
                .init(Words.distance(to: listed.changedAt, from: now)), .init(listed.changedBy), .init(job.summary),
            ])
        }
        return Listing(
            title: "jobs", items: try jobs.map(json), table: table, definitions: jobs.map { .job($0.job) })
    }

    private static func state(_ listed: ListedJob) -> Table.Cell {
        if listed.troubles > 0 { return .init("in trouble", style: .bad) }
        return listed.pause == nil ? .init("active", style: .good) : .init("paused", style: .warning)
    }

    private static func json(_ listed: ListedJob) throws -> JSONValue {
        let pause: JSONValue =
            listed.pause.map { pause in
                [
                    "reason": .text(pause.reason), "by": .text(pause.actor), "since": JSONValue(pause.since),
                    "until": JSONValue(pause.until),
                ]
            } ?? .null
        return try JSONValue(.job(listed.job)).adding([
            .init("revision", JSONValue(listed.revision)), .init("changedAt", JSONValue(listed.changedAt)),
            .init("changedBy", .text(listed.changedBy)), .init("clientCount", JSONValue(listed.clients)),
            .init("paused", pause), .init("troubles", JSONValue(listed.troubles)),
        ])
    }
}
