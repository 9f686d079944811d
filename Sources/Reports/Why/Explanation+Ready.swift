import Model
import Recurrence
import Store

extension Explanation {
    /// Of a run that a worker has looked at and put off.
    private init(_ putOff: PutOff, notBefore: Instant, startBy: Instant?) {
        let isAfterLastStart = startBy.map { $0 <= notBefore } ?? false
        self.init(
            reason: putOff.exitCode == nil ? Hold.requires.rawValue : "offline",
            why: "\(putOff.inWords); it is tried again "
                + (isAfterLastStart ? "when its window next opens" : "at \(notBefore.toSecond)"),
            nextChance: isAfterLastStart ? nil : notBefore)
        mayGoLater = isAfterLastStart
    }

    /// What a run that any worker may take is still waiting for.
    init(ready row: RunRow, notBefore: Instant, startBy: Instant?, queues: QueueWatch, now: Instant) {
        if notBefore > now, let putOff = row.putOff {
            self.init(putOff, notBefore: notBefore, startBy: startBy)
            return
        }
        if notBefore > now {
            let what = row.attempts > 0 ? "tried \(Self.times(row.attempts)), and again at" : "not before"
            self.init(
                reason: row.attempts > 0 ? "retry" : "due", why: "\(what) \(notBefore.toSecond)",
                nextChance: notBefore)
            return
        }
        if let startBy, startBy <= now {
            self.init(
                reason: Hold.window.rawValue,
                why: "its last start was at \(startBy.toSecond); a scheduler holds it until there is another")
            return
        }
        if let parking = row.parking {
            self.init(parking)
            return
        }
        let living = queues.living(queue: row.queue, client: row.client)
        guard !living.isEmpty else {
            self.init(reason: "noWorker", why: queues.nobody(for: row))
            return
        }
        self.init(waitingFor: living, row, now: now)
    }

    private init(waitingFor living: [QueueWatch.Server], _ row: RunRow, now: Instant) {
        let free = living.reduce(0) { $0 + $1.free }
        let all = living.reduce(0) { $0 + $1.slots }
        let names = living.prefix(3).map(\.name).joined(separator: ", ") + (living.count > 3 ? ", …" : "")
        let isReactive = row.lane == .reactive
        if isReactive, living.allSatisfy({ $0.slots <= $0.reserve }) {
            self.init(
                reason: "reserved",
                why:
                    "every slot on queue \(row.queue) is reserved for scheduled work (\(names)): start a worker with a "
                    + "smaller --reserve")
            return
        }
        if isReactive, living.allSatisfy({ $0.freeForReactive == 0 }), free > 0 {
            self.init(
                reason: "reserved",
                why:
                    "waiting for a slot on queue \(row.queue) (\(names)): \(free) of \(all) are free, and reserved for "
                    + "scheduled work")
            return
        }
        self.init(
            reason: "worker",
            why: "waiting for a worker on queue \(row.queue) (\(names): \(free) of \(all) slots free)", nextChance: now)
    }

    private init(_ parking: Parking) {
        let runs = parking.behind.map(String.init).joined(separator: ", ")
        let behind = parking.behind.count == 1 ? "run \(runs) is at work" : "runs \(runs) are at work"
        switch parking.limit.subject {
        case .exclusive(let asset):
            self.init(reason: "exclusive", why: "\(behind) on \(asset), and no other exclusive job meanwhile")
        case .apart(let label):
            self.init(reason: "apart", why: "\(behind) where \(label), and two such are kept apart")
        case .occurrence: self.init(reason: "limit", why: "\(behind), and no more of this occurrence at once")
        case .job(let name): self.init(reason: "limit", why: "\(behind), and no more of job \(name) at once")
        case .client(let name): self.init(reason: "limit", why: "\(behind), and no more for client \(name) at once")
        }
    }

    private static func times(_ number: Int) -> String { number == 1 ? "once" : "\(number) times" }
}

extension PutOff {
    /// What its worker said, who that was and when.
    var inWords: String { "\(message) (worker \(worker), \(at.toSecond))" }
}

extension QueueWatch {
    /// Whether anybody is there who could take a run.
    func gate(of row: RunRow) -> RunReport.Gate {
        let living = living(queue: row.queue, client: row.client)
        guard let first = living.first else { return .init(name: "worker", isOpen: false, why: nobody(for: row)) }
        let others = living.count > 1 ? " and \(living.count - 1) more" : ""
        let isReserved = row.lane == .reactive && living.allSatisfy { $0.freeForReactive == 0 }
        return .init(
            name: "worker", isOpen: !isReserved,
            why: "\(first.name)\(others) on queue \(row.queue)"
                + (isReserved ? ", and no slot is free but such as are reserved for scheduled work" : ""))
    }

    fileprivate func nobody(for row: RunRow) -> String {
        let seen = lastSeen(queue: row.queue, client: row.client)
        return "no live worker on queue \(row.queue) (\(seen.map { "last seen \($0.toSecond)" } ?? "never seen"))"
    }
}
