import Model
import Recurrence
import Reports
import Store

extension Listing {
    static func assets(_ assets: [ListedAsset], limit: Int) throws -> Listing {
        var table = Table([
            .init("asset"), .init("client"), .init("is"), .init("labels", flexible: true), .init("from"),
            .init("facts", flexible: true, wide: true),
        ])
        let shown = assets.prefix(limit)
        for listed in shown {
            let asset = listed.asset
            table.add([
                .init(asset.name), .init(asset.client), .init(asset.kind), .init(labels(asset.labels)),
                .init(listed.isImported ? "import" : "manifest"), .init(labels(asset.facts)),
            ])
        }
        let items = try shown.map { listed in
            try JSONValue(.asset(listed.asset)).adding([
                .init("imported", .bool(listed.isImported)), .init("changedAt", JSONValue(listed.changedAt)),
            ])
        }
        return Listing(
            title: "assets", items: items, table: table, definitions: shown.map { .asset($0.asset) },
            hasMore: assets.count > limit)
    }

    static func workers(_ workers: [ListedWorker], now: Instant) throws -> Listing {
        var table = Table([
            .init("worker"), .init("host"), .init("queues", flexible: true), .init("clients", flexible: true),
            .init("going", .right), .init("slots", .right), .init("reserve", .right), .init("seen"),
            .init("started", wide: true), .init("instance", flexible: true, wide: true),
        ])
        for worker in workers {
            // A worker renews every few seconds: one that has not for a minute is dead or cut off.
            let isLate = now - worker.seenAt > .seconds(60)
            table.add([
                .init(worker.name), .init(worker.host), .init(joined(worker.queues)),
                .init(worker.clients.map { $0.joined(separator: ", ") } ?? "all"), .init(worker.going),
                .init(worker.slots), .init(worker.reserve),
                .init(Words.distance(to: worker.seenAt, from: now), style: isLate ? .bad : nil),
                .init(Words.distance(to: worker.startedAt, from: now)), .init(worker.instance),
            ])
        }
        return Listing(title: "workers", items: workers.map(json), table: table)
    }

    private static func json(_ worker: ListedWorker) -> JSONValue {
        [
            "name": .text(worker.name), "instance": .text(worker.instance), "host": .text(worker.host),
            "queues": .array(worker.queues.map(JSONValue.text)),
            "clients": worker.clients.map { .array($0.map(JSONValue.text)) } ?? .null,
            "slots": JSONValue(worker.slots), "reserve": JSONValue(worker.reserve), "going": JSONValue(worker.going),
            "startedAt": JSONValue(worker.startedAt), "seenAt": JSONValue(worker.seenAt),
        ]
    }
}
