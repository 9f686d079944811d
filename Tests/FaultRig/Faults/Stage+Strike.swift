import Glibc
import Postgres
import Recurrence
import TestSupport

extension Stage {
    /// Does the fault to the fleet, and returns once it is over.
    func strike(_ fault: Fault, _ chance: inout Chance) async throws -> Strike {
        switch fault {
        case .killWorker: try await killWorker(&chance)
        case .killScheduler: try await killScheduler(&chance)
        case .stopWorker: try await stopWorker(&chance)
        case .stopScheduler: try await stopScheduler(&chance)
        case .crashDatabase: try await endServer(&chance) { try await self.ground.primary.kill() }
        case .restartDatabase:
            try await endServer(&chance) { [mode = chance.pick([Cluster.StopMode.fast, .immediate])] in
                try await self.ground.primary.stop(mode)
            }
        case .cutConnections: await cutConnections(&chance)
        case .stallConnections: await stallConnections(&chance)
        case .cutCommits: try await cutCommits(&chance)
        case .halvePipelines: try await halvePipelines(&chance)
        case .failOver: try await failOver()
        case .oldSnapshot: try await holdSnapshot(&chance)
        case .moveClock: try await moveClock(&chance)
        case .fillDisk: try await fillDisk(&chance)
        case .fillLog: try await fillLog(&chance)
        case .pullCable: try await pullCable(&chance)
        case .deafenCable: try await deafenCable(&chance)
        case .wearCable: try await wearCable(&chance)
        case .loseSite: try await loseSite(&chance)
        }
    }

    private func killWorker(_ chance: inout Chance) async throws -> Strike {
        var killed = 0
        // One has what may be done again in hand, the other what must not be.
        for job in ["slow", Programme.once] {
            let (victim, _) = try await stoppedWorker(with: job)
            victim.send(SIGKILL)
            killed += try await victim.end() == .signalled(SIGKILL) ? 1 : 0
            _ = try await startWorker(victim.name + "-again")
        }
        return Strike(landed: ["workers killed": killed], over: WallClock.read()) { evidence in
            let decided = Set(evidence.decisions.filter(\.mayBeSo).map(\.run))
            let lost = evidence.attempts.filter { $0.job == Programme.once && $0.endedAs == "lost" }
            return ["unknown ends that a person decided": lost.count { decided.contains($0.run) }]
        }
    }

    private func killScheduler(_ chance: inout Chance) async throws -> Strike {
        let victim = chance.pick(running("scheduler-"))
        victim.send(SIGKILL)
        let isKilled = try await victim.end() == .signalled(SIGKILL)
        _ = try await startScheduler(victim.name + "-again")
        return Strike(landed: ["schedulers killed": isKilled ? 1 : 0], over: WallClock.read())
    }

    private func stopWorker(_ chance: inout Chance) async throws -> Strike {
        let (victim, inHand) = try await stoppedWorker()
        await pause(.seconds(Self.lease + Self.grace) + chance.milliseconds(1500...2500))
        victim.send(SIGCONT)
        return Strike(landed: ["workers stopped": 1], over: WallClock.read()) { evidence in
            let ended = evidence.attempts.filter { inHand.contains($0.id) && $0.endedAs == "lost" }
            return ["leases of it that were ended": ended.count]
        }
    }

    /// A worker that stands still with a run of this job in hand, and the attempts that it has.
    private func stoppedWorker(with job: String = "slow") async throws -> (ServiceProcess, Set<Int64>) {
        while true {
            let victim = try await busyWorker(with: job)
            victim.send(SIGSTOP)
            let inHand = try await reading.attempts().filter { $0.worker == victim.name && $0.endedAt == nil }
            if inHand.contains(where: { $0.job == job }) { return (victim, Set(inHand.map(\.id))) }
            // On a busy machine the command may have ended meanwhile.
            victim.send(SIGCONT)
        }
    }

    /// A worker whose command of this job has just begun and goes on for a second.
    func busyWorker(
        with job: String = "slow", where isWanted: (_ name: String) -> Bool = { _ in true }
    ) async throws -> ServiceProcess {
        let limit = WallClock.read() + .seconds(30)
        while WallClock.read() < limit {
            let entries = try work.entries()
            let ended = Set(entries.filter { $0.verb == "end" }.map(\.attempt))
            let recent = WallClock.read() - .milliseconds(500)
            let going = entries.last {
                $0.verb == "start" && $0.job == job && isWanted($0.worker) && !ended.contains($0.attempt)
            }
            if let going, going.at > recent, let found = running("worker-").first(where: { $0.name == going.worker }) {
                return found
            }
            await pause(.milliseconds(50))
        }
        throw TestSupportError("no worker has a command of \(job) in hand")
    }

    private func endServer(
        _ chance: inout Chance, _ end: @Sendable () async throws -> Void
    ) async throws -> Strike {
        let before = try ground.primary.processID()
        try await end()
        await pause(chance.milliseconds(0...1500))
        try await ground.primary.start()
        let after = try ground.primary.processID()
        return Strike(landed: ["servers ended": before == after ? 0 : 1], over: WallClock.read())
    }

    private func failOver() async throws -> Strike {
        guard let standby = ground.standby else { throw TestSupportError("there is no standby to fail over to") }
        let waitedFor: Int64 = try await pool.query(
            "select count(*) from pg_stat_replication where sync_state = 'sync'"
        ).only().get(0)
        try await ground.primary.kill()
        try await standby.promote()
        let over = WallClock.read()
        let isPrimary = try await !pool.query("select pg_is_in_recovery()").only().get(0, as: Bool.self)
        return Strike(
            landed: ["standbys waited for": Int(waitedFor), "servers failed over": isPrimary ? 1 : 0], over: over)
    }
}
