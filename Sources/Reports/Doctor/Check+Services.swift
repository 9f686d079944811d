import Model
import Recurrence
import Store

// Who does the work, and what is left undone.
extension Check {
    static func schedulers(_ schedulers: [ListedScheduler], now: Instant) -> Check {
        let alive = schedulers.filter { $0.endedAt == nil && now - $0.seenAt <= WorkerState.silence }
        guard alive.isEmpty else {
            let names = alive.map { "\($0.profile.name) on \($0.profile.host)" }
            return Check("schedulers", .ok, "\(counted(alive.count, "is", "are")) at work: \(listed(names))")
        }
        let last = schedulers.map(\.seenAt).max().map { "; the last was seen at \($0.toSecond)" } ?? ""
        return Check(
            "schedulers", .fail, "none is at work\(last): nothing is planned, and no lost lease is ended",
            mend: "start one (two, on different hosts): rota scheduler")
    }

    static func workers(_ workers: [ListedWorker], now: Instant) -> [Check] {
        let alive = workers.filter { $0.state(now: now).isAlive }
        let silent = workers.filter { $0.state(now: now) == .silent && $0.going > 0 }
        let first =
            alive.isEmpty
            ? Check("workers", .warn, "none is alive: nothing that is ready is done", mend: "start one: rota worker")
            : Check(
                "workers", .ok,
                "\(counted(alive.count, "is", "are")) alive, with \(counted(alive.reduce(0) { $0 + $1.going }, "run"))"
                    + " in hand")
        return [first]
            + silent.map { worker in
                Check(
                    "workers", .warn,
                    "\(worker.name) on \(worker.host) is silent since \(worker.seenAt.toSecond), with "
                        + "\(counted(worker.going, "run")) in hand",
                    mend: "look at its host; its runs are given to others once their leases have run out")
            }
    }

    /// Work that nobody takes.
    static func queues(_ waiting: [WaitingWork], _ watch: QueueWatch, now: Instant) -> [Check] {
        let unserved = waiting.filter { watch.living(queue: $0.queue, client: $0.client).isEmpty }
        guard !unserved.isEmpty else {
            let runs = waiting.reduce(0) { $0 + $1.runs }
            let oldest = waiting.map(\.since).min().map { ", the oldest for \((now - $0).inWords)" } ?? ""
            return [Check("queues", .ok, "\(counted(runs, "run")) may start\(runs > 0 ? oldest : "")")]
        }
        return unserved.map { work in
            let last = watch.lastSeen(queue: work.queue, client: work.client)
            let seen = last.map { "; the last worker for it was seen at \($0.toSecond)" } ?? ""
            return Check(
                "queues", .fail,
                "queue \(work.queue) has \(counted(work.runs, "run")) for \(work.client), waiting for "
                    + "\((now - work.since).inWords), and no worker\(seen)",
                mend: "rota worker --queue \(work.queue)")
        }
    }

    static func leases(_ expired: Neglected) -> Check {
        guard expired.count > 0, let oldest = expired.oldest else {
            return Check("leases", .ok, "none has run out")
        }
        return Check(
            "leases", .fail,
            "\(counted(expired.count, "run")) with a lease that ran out, the first at \(oldest.toSecond)",
            mend: "schedulers end them: see the check 'schedulers', and their logs for 'the pass failed'")
    }

    static func planning(_ unlookedAt: Neglected) -> Check {
        guard unlookedAt.count > 0, let oldest = unlookedAt.oldest else {
            return Check("planning", .ok, "nothing waits to be planned")
        }
        return Check(
            "planning", .fail,
            "\(counted(unlookedAt.count, "assignment")) should have been planned, the first at \(oldest.toSecond)",
            mend: "see the check 'schedulers'; if they are at work they do not keep up: start another")
    }

    static func trouble(_ troubled: [Troubled]) -> Check {
        guard let first = troubled.first else { return Check("trouble", .ok, "every assignment can be planned") }
        return Check(
            "trouble", .fail,
            "\(counted(troubled.count, "assignment")) cannot be planned; job \(first.job) for \(first.client): "
                + first.trouble,
            mend: "mend the manifest and apply it; 'rota get jobs' shows the others")
    }
}
