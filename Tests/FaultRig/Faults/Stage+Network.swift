import Recurrence

extension Stage {
    func cutConnections(_ chance: inout Chance) async -> Strike {
        let before = ground.proxies[0].tally.cut
        for _ in 0..<Int.random(in: 2...4, using: &chance) {
            ground.proxies[0].refuse(true)
            ground.proxies[0].cutAll()
            await pause(chance.milliseconds(50...900))
            ground.proxies[0].refuse(false)
            await pause(chance.milliseconds(100...700))
        }
        let over = WallClock.read()
        return Strike(landed: ["connections cut": ground.proxies[0].tally.cut - before], over: over)
    }

    func stallConnections(_ chance: inout Chance) async -> Strike {
        let proxy = ground.proxies[0]
        proxy.delay(milliseconds: 20)
        await pause(chance.milliseconds(300...800))
        proxy.stall(true)
        // From shorter to longer than services wait for an answer (8 s).
        await pause(.seconds(Self.lease + Self.grace) + chance.milliseconds(500...5000))
        proxy.stall(false)
        await pause(chance.milliseconds(300...800))
        proxy.delay(milliseconds: 0)
        return Strike(landed: ["messages held back": proxy.tally.held], over: WallClock.read())
    }

    func cutCommits(_ chance: inout Chance) async throws -> Strike {
        let proxy = ground.proxies[0]
        // Each kind at least twice, in an order that chance makes.
        let cuts = (CommitCut.allCases + CommitCut.allCases).shuffled(using: &chance)
        for cut in cuts {
            proxy.cut(commits: [cut])
            _ = try await become(within: .seconds(5)) { proxy.cutsLeft == 0 }
            await pause(chance.milliseconds(0...400))
        }
        proxy.forgetCuts()
        let cut = proxy.tally.cutCommits
        return Strike(landed: ["commits cut": cut >= cuts.count - 1 ? cut : 0], over: WallClock.read())
    }

    /// The server has half of what belongs together, and waits for the rest, until a scheduler ends its sessions. The fault is
    /// over then.
    func halvePipelines(_ chance: inout Chance) async throws -> Strike {
        let proxy = ground.proxies[0]
        let pipelines = Int.random(in: 2...4, using: &chance)
        proxy.halve(pipelines)
        _ = try await become(within: .seconds(10)) { proxy.tally.halves == pipelines }
        proxy.halve(0)
        let isOver = try await become(within: .seconds(60)) { proxy.halvesOpen == 0 }
        guard isOver else { throw DeadlinePassed("the server waits for the end of \(proxy.halvesOpen) pipelines") }
        return Strike(
            landed: [
                "pipelines sent in half": proxy.tally.halves,
                "said to be ended": services.map { $0.log.lines.count { $0.contains("half a pipeline") } }.reduce(0, +),
            ], over: WallClock.read())
    }
}
