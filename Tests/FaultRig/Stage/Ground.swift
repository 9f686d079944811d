import Postgres
import TestSupport

/// The servers of a trial, and the proxies before them.
final class Ground: Sendable {
    let primary: Cluster
    /// Has all that was committed; only where the trial fails over.
    let standby: Cluster?
    let proxies: [Proxy]

    private init(primary: Cluster, standby: Cluster?, proxies: [Proxy]) {
        self.primary = primary
        self.standby = standby
        self.proxies = proxies
    }

    static func prepare(for fault: Fault?) async throws -> Ground {
        let primary = try await Cluster.start(
            fault?.needsDisk == true
                ? ClusterOptions(settings: ["min_wal_size": "2MB", "max_wal_size": "8MB"], disk: 128)
                : ClusterOptions())
        let standby = fault == .failOver ? try await primary.startSynchronousStandby() : nil
        let servers = [primary] + [standby].compactMap { $0 }
        return Ground(primary: primary, standby: standby, proxies: try servers.map { try Proxy(to: $0.socketPath) })
    }

    /// How the parts of Rota reach the server that takes writes: through the proxies.
    var conninfo: String {
        let hosts = proxies.map { _ in "127.0.0.1" }.joined(separator: ",")
        let ports = proxies.map { "\($0.port)" }.joined(separator: ",")
        return "host=\(hosts) port=\(ports) user=postgres dbname=postgres sslmode=disable gssencmode=disable" + session
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
        for proxy in proxies {
            proxy.refuse(true)
            proxy.forgetCuts()
            proxy.stall(false)
            proxy.cutAll()
        }
    }
}
