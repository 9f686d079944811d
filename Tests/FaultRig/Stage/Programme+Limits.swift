import Recurrence

extension Programme {
    /// A client for which one run goes at a time.
    private static let narrow = "gamma"
    /// Servers of the first client, each with the pair that it is a half of.
    private static let servers = [
        "srv-0": "left", "srv-1": "left", "srv-2": "right", "srv-3": "right", "srv-4": "alone",
    ]
    /// Of one occurrence of `patch`.
    private static let atOnce = 2

    /// Jobs whose runs wait for each other.
    static let limited = [
        Periodic(
            name: "patch", every: 4, tenths: 3, clients: ["acme"], assets: servers.keys.sorted(),
            more: ["targets: {is: server}", "exclusive: true", "rollout: {atOnce: \(atOnce), apart: ha}"]),
        Periodic(
            name: "scan", every: 4, tenths: 3, clients: ["acme"], assets: ["srv-0", "srv-1"],
            more: ["targets: {labels: {ha: left}}", "exclusive: true"]),
        Periodic(name: "counted", every: 2, tenths: 4, more: ["atOnce: 1"]),
        Periodic(name: "narrow-0", every: 4, tenths: 3, clients: [narrow]),
        Periodic(name: "narrow-1", every: 4, tenths: 3, clients: [narrow]),
    ]

    /// Clients and assets.
    static var surroundings: [String] {
        clients.map { "kind: Client\nname: \($0)\ntimezone: UTC" }
            + ["kind: Client\nname: \(narrow)\ntimezone: UTC\natOnce: 1"]
            + servers.sorted { $0.key < $1.key }.map { name, pair in
                "kind: Asset\nname: \(name)\nclient: acme\nis: server\nlabels: {ha: \(pair)}"
            }
    }

    /// Runs of which only so many may go at once.
    struct Group: Hashable, Sendable {
        var name: String
        var most: Int
    }

    /// The groups in which a run counts, by what the manifests say and apart from the scheduler.
    static func groups(of run: Moment) -> [Group] {
        var groups: [Group] = []
        if run.client == narrow { groups.append(Group(name: "for \(narrow)", most: 1)) }
        if run.job == "counted" { groups.append(Group(name: "of counted", most: 1)) }
        guard ["patch", "scan"].contains(run.job), let asset = run.asset else { return groups }
        groups.append(Group(name: "on \(asset)", most: 1))
        guard run.job == "patch", let pair = servers[asset] else { return groups }
        return groups + [
            Group(name: "on the pair \(pair)", most: 1), Group(name: "of patch due \(run.due)", most: atOnce),
        ]
    }
}
