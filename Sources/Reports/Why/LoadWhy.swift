import Model
import Recurrence
import Store

extension Store {
    /// What a run waits for; nil where there is no such run.
    public func why(run: Int64) async throws -> RunReport? {
        guard var detail = try await self.run(run) else { return nil }
        detail.row.putOff = PutOff(detail.attempts)
        let now = try await now()
        let queues = try await queueWatch(lanes: detail.row.isWantedNow)
        var future: Explanation.Future?
        if !detail.row.state.isOpen {
            var schedules = try await scheduleBook(
                try await catalogue(assets: false), try await pauses(), for: [detail.row])
            let successor = try await successors(of: [run], now: now)[run]
            future = schedules.future(of: detail.row, successor: successor, now: now)
        }
        var explanation = Explanation(of: detail.row, queues: queues, future: future, now: now)
        let table = detail.row.state.isOpen ? try await self.gates(of: run) : nil
        let gates = try await gates(table, of: detail, queues)
        if let table, explanation.mayGo {
            let isServed = gates.last.map { $0.name != "worker" || $0.isOpen } ?? true
            explanation.nextChance = isServed ? table.nextChance : nil
        }
        return RunReport(
            asOf: now, detail: detail, explanation: explanation, gates: gates,
            waivers: try await waivers(ofRun: run))
    }

    /// Those of planning, with what is due next of that for which it waits; and the worker.
    private func gates(
        _ table: GateTable?, of detail: RunDetail, _ queues: QueueWatch
    ) async throws -> [RunReport.Gate] {
        let row = detail.row
        guard let table, !table.standings.isEmpty else { return [] }
        var schedules = ScheduleBook(try await catalogue(assets: false))
        let now = try await now()
        let refusal = Refusal(detail, now: now)
        var gates = table.standings.map { standing in
            if let refused = refusal?.gate(standing) { return refused }
            let next = standing.waitsForJob.flatMap { schedules.next(job: $0, client: row.client, after: now) }
            let hint = next.map { "; \(standing.waitsForJob ?? "") is due next at \($0.toSecond)" } ?? ""
            return RunReport.Gate(
                name: standing.gate.rawValue, isOpen: standing.isOpen, why: standing.why + hint,
                opensAt: standing.opensAt)
        }
        if row.standing.state != .waiting { gates.append(queues.gate(of: row)) }
        return gates
    }

    /// How a job stands, and what its open runs wait for; nil where there is no such job.
    ///
    /// - Parameters:
    ///   - client: only at this one.
    ///   - asset: of what is open only that on this one.
    ///   - limit: how many open runs at most.
    public func why(
        job: String, client: String? = nil, asset: String? = nil, limit: Int
    ) async throws -> JobReport? {
        guard let standing = try await jobStanding(job) else { return nil }
        let now = try await now()
        var schedules = ScheduleBook(try await catalogue(assets: false))
        let paused = try await pauses().filter { $0.subject.mayHold(job: job, client: client, asset: asset) }
        let clients = try await assignments(job: job, client: client).map { assignment in
            let due = schedules.next(job: job, client: assignment.client, after: now)
            let running = due.flatMap { due in
                paused.contains { $0.holdsAll(of: assignment.client, at: due) } ? nil : due
            }
            return JobReport.AtClient(
                assignment: assignment, nextDue: due,
                nextStart: running.flatMap { schedules.start(job: job, client: assignment.client, notBefore: $0) })
        }
        let filter = RunFilter(
            client: client, job: job, asset: asset, states: RunState.allCases.filter(\.isOpen), limit: limit)
        let open = try await runs(filter, lately: now)
        let queues = try await queueWatch(lanes: open.rows.contains(where: \.isWantedNow))
        let rows = try await withPutOffs(open.rows, now: now)
        let explained = rows.map { row in
            JobReport.Open(row: row, explanation: schedules.explanation(row, queues: queues, now: now))
        }
        return JobReport(
            asOf: now, job: job, standing: standing, clients: clients, open: explained, hasMore: open.hasMore,
            pauses: paused.filter { !$0.subject.isJobAlone }.map(\.pause),
            waivers: try await waivers(client: client, job: job, limit: limit).filter {
                asset == nil || $0.asset == asset
            }, problems: schedules.problems)
    }
}

extension RunRow {
    /// Whether it is somebody's wish and ready to be taken: then it matters which slots are for such.
    fileprivate var isWantedNow: Bool { lane == .reactive && state == .ready }
}

extension PauseSubject {
    /// Whether it may be about a job, at a client and on an asset where these are given.
    fileprivate func mayHold(job: String, client: String?, asset: String?) -> Bool {
        (self.job ?? job) == job && (client == nil || (self.client ?? client) == client)
            && (asset == nil || (self.asset ?? asset) == asset)
    }
}

extension ForecastFacts.Paused {
    /// Whether all that is due for a client at a moment is skipped.
    fileprivate func holdsAll(of client: String, at moment: Instant) -> Bool {
        (subject.client ?? client) == client && subject.asset == nil && subject.label == nil
            && pause.isActive(at: moment)
    }
}

/// A guard's refusal, and when it is asked again.
private struct Refusal {
    private let putOff: PutOff
    private let notBefore: Instant?

    /// Nil where no guard has refused the run when it was last taken.
    init?(_ detail: RunDetail, now: Instant) {
        guard let putOff = PutOff(detail.attempts), putOff.exitCode == nil else { return nil }
        self.putOff = putOff
        guard case .ready(_, let notBefore, _) = detail.row.standing, notBefore > now else {
            self.notBefore = nil
            return
        }
        self.notBefore = notBefore
    }

    /// Nil where it was not this one that refused.
    func gate(_ standing: GateStanding) -> RunReport.Gate? {
        guard let guarding = standing.asksWorker, guarding.isRefused(by: putOff.message) else { return nil }
        let again =
            notBefore.map { "is asked again at \($0.toSecond)" } ?? "is asked again when a worker next takes the run"
        return RunReport.Gate(
            name: standing.gate.rawValue, isOpen: false,
            why: "\(putOff.inWords); it \(again)", opensAt: notBefore)
    }
}
