import Model
import Recurrence
import Reports
import Store

extension Table {
    static func workers(_ answer: WorkerAnswer) -> Table {
        var table = Table([
            .init("worker"), .init("host"), .init("queues", flexible: true), .init("clients", flexible: true),
            .init("state"), .init("in hand", .right), .init("slots", .right), .init("reserve", .right),
            .init("started"), .init("seen"), .init("instance", flexible: true, wide: true),
            .init("drained by", flexible: true, wide: true), .init("runs", flexible: true, wide: true),
        ])
        for worker in answer.workers {
            let state = worker.state(now: answer.now)
            table.add([
                .init(worker.name), .init(worker.host), .init(Listing.joined(worker.queues)),
                .init(worker.clients.map { $0.joined(separator: ", ") } ?? "all"),
                .init(state.rawValue, style: state.style), .init(worker.going), .init(worker.slots),
                .init(worker.reserve), .init(Words.distance(to: worker.startedAt, from: answer.now)),
                .init(Words.distance(to: worker.seenAt, from: answer.now)), .init(worker.instance),
                .init(worker.drain?.words),
                .init(Listing.joined((answer.inHand[worker.id] ?? []).map { $0.words(now: answer.now) })),
            ])
        }
        return table
    }
}

extension WorkerState {
    fileprivate var style: Style? {
        switch self {
        case .working: .good
        case .draining: .warning
        case .silent: .bad
        case .ended: .faint
        }
    }
}

extension DrainOrder {
    /// `ann: new disks`
    fileprivate var words: String { actor + (reason.map { ": \($0)" } ?? "") }

    fileprivate func json(since: Instant?) -> JSONValue {
        ["by": .text(actor), "reason": JSONValue(reason), "since": JSONValue(since)]
    }
}

extension RunInHand {
    /// `4711 patch-servers on hd-srv-01 for harbour-dental (3m 2s)`
    fileprivate func words(now: Instant) -> String {
        "\(run) \(job)\(asset.map { " on \($0)" } ?? "") for \(client) (\(Words.span(now - since)))"
    }

    fileprivate var json: JSONValue {
        [
            "run": JSONValue(run), "attempt": JSONValue(attempt), "job": .text(job), "client": .text(client),
            "asset": JSONValue(asset), "lane": .text(lane.rawValue), "since": JSONValue(since),
        ]
    }
}

extension WorkerAnswer {
    /// `{"workers": […]}`
    var json: JSONValue { ["workers": .array(workers.map(json))] }

    private func json(_ worker: ListedWorker) -> JSONValue {
        [
            "name": .text(worker.name), "instance": .text(worker.instance), "host": .text(worker.host),
            "queues": .array(worker.queues.map(JSONValue.text)),
            "clients": worker.clients.map { .array($0.map(JSONValue.text)) } ?? .null,
            "slots": JSONValue(worker.slots), "reserve": JSONValue(worker.reserve),
            "state": .text(worker.state(now: now).rawValue), "inHand": JSONValue(worker.going),
            "runs": .array((inHand[worker.id] ?? []).map(\.json)), "startedAt": JSONValue(worker.startedAt),
            "seenAt": JSONValue(worker.seenAt), "endedAt": JSONValue(worker.endedAt),
            "drain": worker.drain.map { $0.json(since: worker.drainAt) } ?? .null,
        ]
    }
}

extension DescribedFacts {
    func describe(_ name: String, _ answer: WorkerAnswer) -> Description {
        let alive = answer.workers.count { $0.state(now: answer.now).isAlive }
        var description = Description("worker/\(name)", json: answer.json)
        description.add("alive", String(alive))
        description.add("in hand", Words.count(answer.workers.reduce(0) { $0 + Int($1.going) }, "run"))
        description.add("Instances", .workers(answer), empty: "None is alive.")
        return description
    }
}
