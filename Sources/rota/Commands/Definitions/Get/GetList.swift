import Model
import Recurrence
import Reports
import Store

/// What `rota get` is asked for.
struct GetList: Sendable {
    var name: String?
    var client: String?
    var selector: Selector?
    var limit: Int

    func answer(_ kind: KindWord, from store: Store) async throws -> Listing {
        switch kind {
        case .job: return try await .jobs(store.jobs(named: name), now: store.now())
        case .client: return try await .clients(store.clients(named: name), now: store.now())
        case .window:
            let catalogue = try await store.catalogue(assets: false)
            return try .windows(only(catalogue.windows), in: catalogue)
        case .calendar:
            let catalogue = try await store.catalogue(assets: false)
            return try .calendars(only(catalogue.calendars), in: catalogue)
        case .asset:
            let assets = try await store.assets(named: name, client: client, matching: selector, limit: limit)
            var listing = try Listing.assets(assets, limit: limit)
            listing.empty = selector.map { "No asset is meant by '\($0)'." }
            return listing
        case .waiver:
            return .waivers(
                try await store.waivers(client: client, limit: limit), now: try await store.now(), limit: limit)
        case .pause: return .pauses(try await store.pauses(), client: client, limit: limit)
        case .worker, .run, .finding: preconditionFailure("these have commands of their own")
        }
    }

    private func only<Value>(_ all: [String: Value]) -> [Value] {
        if let name { return all[name].map { [$0] } ?? [] }
        return all.sorted { $0.key < $1.key }.map(\.value)
    }

    /// What there is of a kind, for telling what was perhaps meant.
    func names(of kind: KindWord, in store: Store) async throws -> [String] {
        switch kind {
        case .job: try await store.jobs().map(\.job.name)
        case .client: try await store.clients().map(\.client.name)
        case .window: try await store.catalogue(assets: false).windows.keys.sorted()
        case .calendar: try await store.catalogue(assets: false).calendars.keys.sorted()
        case .asset: try await store.assets(client: client, limit: 1000).map(\.asset.name)
        case .worker, .run, .finding, .waiver, .pause: []
        }
    }
}
