import Model
import Recurrence
import Store

extension Store {
    /// What is overdue: by the definitions and the history, not by what a scheduler got around to writing.
    ///
    /// - Parameter filter: its limit is that of the rows, not of the total.
    public func overdue(_ filter: RunFilter) async throws -> OverdueReport {
        let now = try await now()
        async let planned = overdueRuns(filter, now: now)
        async let queues = queueWatch()
        async let paused = pauses()
        let catalogue = try await catalogue(assets: false)
        var schedules = ScheduleBook(catalogue)
        var rows = try await unplannedRows(filter, now: now, schedules: &schedules)
        let (runs, watch) = try await (planned, queues)
        let total = runs.total + rows.count
        let done = runs.runs.map(\.row).filter { !$0.state.isOpen }
        let successors = try await successors(of: done.map(\.run), now: now)
        var futures = try await scheduleBook(catalogue, paused, for: done)
        for (overdue, row) in zip(runs.runs, try await withPutOffs(runs.runs.map(\.row), now: now)) {
            let future = futures.future(of: row, successor: successors[row.run], now: now)
            rows.append(
                OverdueReport.Row(
                    overdue, schedules.explanation(row, queues: watch, future: future, now: now)))
        }
        rows.sort { ($0.late, $0.client, $0.job, $0.asset ?? "") < ($1.late, $1.client, $1.job, $1.asset ?? "") }
        let shown = try await recallingWaivers(Array(rows.prefix(filter.limit)))
        return OverdueReport(
            asOf: now, rows: shown, total: total,
            problems: schedules.problems + futures.problems.filter { !schedules.problems.contains($0) })
    }

    /// With the pauses, and what these ask about the targets of some runs.
    func scheduleBook(
        _ catalogue: Catalogue, _ pauses: [ForecastFacts.Paused], for rows: [RunRow]
    ) async throws -> ScheduleBook {
        let names = pauses.contains { $0.subject.label != nil } ? Set(rows.compactMap(\.asset)).sorted() : []
        return ScheduleBook(catalogue, pauses: pauses, assets: try await assets(named: names))
    }

    /// What was waived and is owed again says so: none of the waivers that covered it is in force any more.
    private func recallingWaivers(_ rows: [OverdueReport.Row]) async throws -> [OverdueReport.Row] {
        let waivers = try await lastWaivers(of: rows.map { ($0.job, $0.client, $0.asset, $0.due) })
        var rows = rows
        for (place, waiver) in waivers { rows[place].explanation.why += "; was \(waiver.inWords)" }
        return rows
    }

    /// What should have run by now, and for which nobody made a run.
    private func unplannedRows(
        _ filter: RunFilter, now: Instant, schedules: inout ScheduleBook
    ) async throws -> [OverdueReport.Row] {
        guard filter.states.isEmpty, filter.lane != .reactive else { return [] }
        var forgotten: [Int64: PlannedThrough] = [:]
        for assignment in try await plannedThrough(client: filter.client, job: filter.job, now: now)
        where schedules.firstUnplanned(of: assignment, settled: nil, now: now) != nil {
            forgotten[assignment.assignment] = assignment
        }
        guard !forgotten.isEmpty else { return [] }
        var rows: [OverdueReport.Row] = []
        let targets = try await unplannedTargets(
            of: Array(forgotten.keys), asset: filter.asset, client: filter.client, job: filter.job, now: now)
        for target in targets {
            guard let assignment = forgotten[target.assignment],
                let unplanned = schedules.firstUnplanned(of: assignment, settled: target.settled, now: now),
                filter.since.map({ unplanned.due >= $0 }) ?? true, filter.until.map({ unplanned.due < $0 }) ?? true
            else { continue }
            rows.append(OverdueReport.Row(assignment, asset: target.asset, unplanned))
        }
        return rows
    }
}

extension OverdueReport.Row {
    fileprivate init(_ overdue: OverdueRun, _ explanation: Explanation) {
        self.init(
            client: overdue.row.client, job: overdue.row.job, asset: overdue.row.asset, run: overdue.row.run,
            due: overdue.row.due, late: overdue.late, state: overdue.row.state, explanation: explanation)
    }

    fileprivate init(_ assignment: PlannedThrough, asset: String?, _ unplanned: Unplanned) {
        let trouble = assignment.trouble.map { ": \($0)" } ?? ""
        let explanation = Explanation(
            reason: "scheduler",
            why: "no scheduler has planned it since \(assignment.plannedThrough.toSecond)\(trouble)")
        self.init(
            client: assignment.client, job: assignment.job, asset: asset, run: nil, due: unplanned.due,
            late: unplanned.late, state: nil, explanation: explanation)
    }
}
