import Model
import Recurrence
import Store

extension Store {
    /// What a run waits for; nil where there is no such run.
    public func why(run: Int64) async throws -> RunReport? {
        guard let detail = try await self.run(run) else { return nil }
        let now = try await now()
        let queues = try await queueWatch()
        var future: Explanation.Future?
        if !detail.row.state.isOpen {
            var schedules = ScheduleBook(try await catalogue(assets: false))
            let successor = try await successors(of: [run])[run]
            future = schedules.future(of: detail.row, successor: successor, now: now)
        }
        let explanation =
            Explanation(putOff: detail, now: now)
            ?? Explanation(of: detail.row, queues: queues, future: future, now: now)
        return RunReport(
            asOf: now, detail: detail, explanation: explanation,
            gates: detail.row.state.isOpen ? try await gates(of: detail.row, queues) : [],
            waivers: try await waivers(ofRun: run))
    }

    /// Those of planning, with what is due next of that for which it waits; and the worker.
    private func gates(of row: RunRow, _ queues: QueueWatch) async throws -> [RunReport.Gate] {
        let standings = try await gates(of: row.run)
        guard !standings.isEmpty else { return [] }
        var schedules = ScheduleBook(try await catalogue(assets: false))
        let now = try await now()
        var gates = standings.map { standing in
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
    ///   - limit: how many open runs at most.
    public func why(job: String, client: String? = nil, limit: Int) async throws -> JobReport? {
        guard let standing = try await jobStanding(job) else { return nil }
        let now = try await now()
        let queues = try await queueWatch()
        var schedules = ScheduleBook(try await catalogue(assets: false))
        let clients = try await assignments(job: job, client: client).map { assignment in
            let due = schedules.next(job: job, client: assignment.client, after: now)
            return JobReport.AtClient(
                assignment: assignment, nextDue: due,
                nextStart: due.flatMap { schedules.start(job: job, client: assignment.client, notBefore: $0) })
        }
        let filter = RunFilter(client: client, job: job, states: RunState.allCases.filter(\.isOpen), limit: limit)
        let open = try await runs(filter, lately: now)
        return JobReport(
            asOf: now, job: job, standing: standing, clients: clients,
            open: open.rows.map { row in
                JobReport.Open(row: row, explanation: Explanation(of: row, queues: queues, now: now))
            }, hasMore: open.hasMore, problems: schedules.problems)
    }
}
