import Postgres
import TestSupport

/// The servers of a trial, and the proxies before them.
final class Ground: Sendable {
    let primary: Cluster
    /// Has all that was committed; only where the trial fails over.
    let standby: Cluster?
    let proxies: [Proxy]
    /// From the primary to a site that has no other way; only where the trial does something to it.
    let cable: Cable?

    private init(primary: Cluster, standby: Cluster?, proxies: [Proxy], cable: Cable?) {
        self.primary = primary
        self.standby = standby
        self.proxies = proxies
        self.cable = cable
    }

    static func prepare(for fault: Fault?, seed: UInt64) async throws -> Ground {
        let cable = fault?.needsCable == true ? try await Cable.lay(seed: seed) : nil
        var options = ClusterOptions(network: cable.map { ($0.server.path, $0.server.address) })
        if fault?.needsDisk == true {
            options.settings = ["min_wal_size": "2MB", "max_wal_size": "8MB"]
            options.disk = 128
        }
        let primary = try await Cluster.start(options)
        let standby = fault == .failOver ? try await primary.startSynchronousStandby() : nil
        let servers = [primary] + [standby].compactMap { $0 }
        let proxies = try servers.map { try Proxy(to: $0.socketPath) }
        return Ground(primary: primary, standby: standby, proxies: proxies, cable: cable)
    }

    /// How the parts of Rota reach the server that takes writes: through the proxies.
    var conninfo: String {
        let hosts = proxies.map { _ in "127.0.0.1" }.joined(separator: ",")
        let ports = proxies.map { "\($0.port)" }.joined(separator: ",")
        return "host=\(hosts) port=\(ports) user=postgres dbname=postgres sslmode=disable gssencmode=disable" + session
    }

    /// How those at the site reach it.
    var siteConninfo: String? {
        cable.map {
            "host=\($0.server.address) port=5432 user=postgres dbname=postgres sslmode=disable gssencmode=disable"
        }
    }

    /// How the rig reaches it.
    var directConninfo: String {
        let servers = [primary] + [standby].compactMap { $0 }
        let ports = servers.map { _ in "5432" }.joined(separator: ",")
        let hosts = servers.map(\.directory).joined(separator: ",")
        return "host=\(hosts) port=\(ports) user=postgres dbname=postgres" + session
    }

    private var session: String { standby == nil ? "" : " target_session_attrs=read-write" }

    func end() {
        cable?.end()
        for proxy in proxies {
            proxy.refuse(true)
            proxy.forgetCuts()
            proxy.stall(false)
            proxy.cutAll()
        }
    }
}
