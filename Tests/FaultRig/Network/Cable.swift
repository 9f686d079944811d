import Glibc
import TestSupport

/// Between the server's network and that of a site. What is done to it neither side is told: no connection is reset.
final class Cable: Sendable {
    let server: NetworkSpace
    let site: NetworkSpace
    let toServer: CableWay
    let toSite: CableWay

    private init(server: NetworkSpace, site: NetworkSpace) {
        self.server = server
        self.site = site
        toServer = CableWay(from: site, to: server)
        toSite = CableWay(from: server, to: site)
    }

    /// - Throws: `TestSupportError` that says what this machine does not allow.
    static func lay(seed: UInt64) async throws -> Cable {
        let (here, there) = ("10.77.0.1", "10.77.0.2")
        let cable = Cable(
            server: try await NetworkSpace.make(address: here, peer: there),
            site: try await NetworkSpace.make(address: there, peer: here))
        for (number, way) in [cable.toServer, cable.toSite].enumerated() {
            startThread { way.carry(Chance(seed: seed &+ UInt64(number))) }
        }
        return cable
    }

    /// Why none can be laid here; nil where one can.
    static func whyNot() async -> String? {
        guard geteuid() == 0 else { return "only root may make networks of their own" }
        do {
            try await lay(seed: 0).end()
            return nil
        } catch {
            return "\(error)"
        }
    }

    func set(_ weather: CableWay.Weather) {
        toServer.set(weather)
        toSite.set(weather)
    }

    var dropped: Int { toServer.tally.dropped + toSite.tally.dropped }
    var late: Int { toServer.tally.late + toSite.tally.late }

    func end() {
        toServer.end()
        toSite.end()
    }
}
