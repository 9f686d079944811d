import Postgres

extension Store {
    static let queries: [Statement] = [
        selectRuns, selectHistory, selectRun, selectAttempts, selectPutOffs, selectOutput, countAttempts, selectTasks,
        selectFindings,
        selectServers, NarrowedScope.selectJobs, NarrowedScope.selectAssets, OverdueTargets.prepare,
        OverdueTargets.select, OverdueTargets.selectNarrowed, NarrowedScope.selectNumbered, selectOverdueRuns,
        selectPlannedThrough,
        selectUnplannedTargets, selectWaivers, selectWaiversOfRun, selectLastWaivers,
        selectSuccessors, selectNamedAssets, selectJobStanding, selectUnknown, selectNames,
        selectForecastPlanned, selectForecastAssets, selectForecastOpen, selectForecastDurations,
        selectForecastSuccesses,
        selectForecastPauses, selectForecastFindings, selectForecastFailures, selectForecastWaivers,
        selectForecastLimits, selectForecastParts,
        selectForecastSlots,
    ]
}
