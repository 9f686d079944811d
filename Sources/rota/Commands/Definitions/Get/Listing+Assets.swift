import Model
import Recurrence
import Reports
import Store

extension Listing {
    static func assets(_ assets: [ListedAsset], limit: Int) throws -> Listing {
        var table = Table([
            .init("asset"), .init("client"), .init("is"), .init("labels", flexible: true), .init("from"),
            .init("endpoint", wide: true), .init("facts", flexible: true, wide: true),
        ])
        let shown = assets.prefix(limit)
        for listed in shown {
            let asset = listed.asset
            table.add([
                .init(asset.name), .init(asset.client), .init(asset.kind), .init(labels(asset.labels)),
                .init(listed.isImported ? "import" : "manifest"), .init(asset.isEndpoint ? "yes" : "no"),
                .init(labels(asset.facts)),
            ])
        }
        let items = try shown.map { listed in
            try JSONValue(.asset(listed.asset)).adding([
                .init("isEndpoint", .bool(listed.asset.isEndpoint)), .init("imported", .bool(listed.isImported)),
                .init("changedAt", JSONValue(listed.changedAt)),
            ])
        }
        return Listing(
            title: "assets", items: items, table: table, definitions: shown.map { .asset($0.asset) },
            hasMore: assets.count > limit)
    }
}
