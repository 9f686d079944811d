import Glibc
import Recurrence
import TestSupport

/// What is done to the cable between the database and a site with two of the three workers and one of the two schedulers.
extension Stage {
    /// Nothing goes through for longer than lease and grace, while the site has runs in hand.
    func pullCable(_ chance: inout Chance) async throws -> Strike {
        let cable = try cable()
        let before = cable.dropped
        let inHand = try await isolateSite(cable)
        await pause(.seconds(Self.lease + Self.grace) + chance.milliseconds(1500...4500))
        cable.set(CableWay.Weather())
        return Strike(
            landed: ["packets lost": cable.dropped - before], over: WallClock.read(),
            mustReturn: siteWorkers, shows: Self.lost(inHand))
    }

    /// The site is gone, and nobody tells the server, which gives up its sessions; its parts are started elsewhere.
    func loseSite(_ chance: inout Chance) async throws -> Strike {
        let cable = try cable()
        let before = cable.dropped
        let inHand = try await isolateSite(cable)
        let gone = services.filter { Self.isAtSite($0.name) }
        for process in gone { process.send(SIGKILL) }
        for process in gone { _ = try await process.end() }
        let over = WallClock.read()
        for process in gone {
            let name = process.name + "-moved"
            _ = try await name.hasPrefix("worker-") ? startWorker(name) : startScheduler(name)
        }
        let left = try await reading.sessions(of: cable.site.address)
        let isForgotten = try await become(within: .seconds(60)) {
            try await reading.sessions(of: cable.site.address) == 0
        }
        guard isForgotten else { throw DeadlinePassed("the server has \(left) sessions of a site that is gone") }
        return Strike(landed: ["parts that were lost": gone.count, "sessions given up": left], over: over) { evidence in
            Self.lost(inHand)(evidence).merging(["packets lost": cable.dropped - before]) { first, _ in first }
        }
    }

    /// One way nothing goes through, for shorter or longer than lease and grace: the server does what it is asked for and
    /// its answer is lost, or it hears nothing and talks.
    func deafenCable(_ chance: inout Chance) async throws -> Strike {
        let cable = try cable()
        let way = chance.pick([cable.toServer, cable.toSite])
        let before = way.tally.dropped
        way.set(CableWay.Weather(isCut: true))
        await pause(.seconds(Self.lease) + chance.milliseconds(0...6000))
        way.set(CableWay.Weather())
        return Strike(
            landed: ["packets lost one way": way.tally.dropped - before], over: WallClock.read(),
            mustReturn: siteWorkers)
    }

    /// Of a hundred packets 5 to 25 are lost, and all are late and out of order.
    func wearCable(_ chance: inout Chance) async throws -> Strike {
        let cable = try cable()
        let (dropped, late) = (cable.dropped, cable.late)
        cable.set(
            CableWay.Weather(
                loss: Int.random(in: 5...25, using: &chance), delay: 1...Int.random(in: 10...80, using: &chance)))
        await pause(.seconds(6) + chance.milliseconds(0...4000))
        cable.set(CableWay.Weather())
        return Strike(
            landed: ["packets lost": cable.dropped - dropped, "packets late": cable.late - late],
            over: WallClock.read(),
            mustReturn: siteWorkers)
    }

    private var siteWorkers: Set<String> { Set(running("worker-").map(\.name).filter(Self.isAtSite)) }

    private func cable() throws -> Cable {
        guard let cable = ground.cable else { throw TestSupportError("there is no cable") }
        return cable
    }

    /// Pulls the cable while a worker at the site has a command in hand.
    /// - Returns: the attempts that the site has in hand.
    private func isolateSite(_ cable: Cable) async throws -> Set<Int64> {
        while true {
            _ = try await busyWorker(where: Self.isAtSite)
            cable.set(CableWay.Weather(isCut: true))
            let inHand = try await reading.attempts().filter { Self.isAtSite($0.worker) && $0.endedAt == nil }
            if !inHand.isEmpty { return Set(inHand.map(\.id)) }
            // On a busy machine the command may have ended meanwhile.
            cable.set(CableWay.Weather())
        }
    }

    private static func lost(_ inHand: Set<Int64>) -> @Sendable (Evidence) -> [String: Int] {
        { evidence in
            [
                "leases of the site that were lost": evidence.attempts.count {
                    inHand.contains($0.id) && $0.endedAs == "lost"
                }
            ]
        }
    }
}
