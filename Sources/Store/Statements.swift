import Postgres

extension Store {
    /// Every statement of the room, so that a test can prepare each against a migrated database.
    public static let statements: [Statement] =
        planning + leases + history + acts + definitions + queries + workers + upkeep + doctor + bench

    static let planning: [Statement] = [
        nowStatement, nextWakeStatement, PlanningPlans.prefer, WakingAssignment.heed, WakingAssignment.take,
        WakingAssignment.select,
        PlanningDefinitions.selectJobs, PlanningDefinitions.selectClients, PlanningDefinitions.selectWindows,
        PlanningDefinitions.selectCalendars, PlanningTargets.select, PlanningAssets.selectTargets,
        NarrowedTargets.select,
        PlanningAssets.selectDefinitions, PlanningAssets.countTargets, PlanningPauses.select,
        PlanningFacts.selectSuccesses, PlanningFacts.selectFindings, PlanningFacts.selectFailures,
        PlanningFacts.selectQueues, RolloutBook.selectTallies, RolloutBook.selectLocalTimes,
        RolloutBook.selectEvents, RolloutBook.selectUnplanned, SideEffects.haltRollouts, SideEffects.endRuns,
        SideEffects.pauseJobs,
        OpenRuns.lockReady, OpenRuns.lockHeld, OpenRuns.selectReady, OpenRuns.selectHeld,
        OpenRuns.selectLeased, OpenRuns.selectWaiting, OpenRuns.selectNumberedReady, OpenRuns.selectNumberedHeld,
        OpenIndex.lockReady, OpenIndex.lockHeld, PlanningTargets.countByLabels,
        PlanWriter.insertOccurrences, PlanWriter.numberRuns, PlanWriter.closePlans, PlanWriter.noteTroubles,
        PlanningTargets.selectNumbered, LimitGroups.make, LimitGroups.select, LimitGroups.setMost,
        Placements.insertHeld, Placements.insertReady, Placements.insertWaiting, Placements.insertDone,
        MoveWriter.keepHeld, MoveWriter.keepReady, MoveWriter.toHeld, MoveWriter.toReady, MoveWriter.toWaiting,
        MoveWriter.toDone,
    ]

    private static let leases: [Statement] = [
        selectExpired, lockExpired, endLost, firstExpiry, registerWorkerStatement, endWorkerStatement, leaseStatement,
        renewStatement, drainAskedStatement, finishStatement, releaseStatement, selectParticulars,
    ]

    private static let history: [Statement] = [
        selectMissingMonths, selectSpentMonths, waitBriefly, makeMonth, dropMonth,
    ]

    private static let acts: [Statement] = [
        Act.record, FindJob.select, WakePlanning.wakeAssignments, WakePlanning.notify,
        insertPause, endSpentPause, selectPause, endPause, PausePlace.selectClient, PausePlace.selectAsset,
        PausePlace.wake, selectAssignmentsOfJob, insertRequested,
        RunRequest.selectTargetsByName, selectForRetry, giveUpUnknown, RunPlace.select, cancelNotGoing, cancelLeased,
        selectWaiting,
        insertEvidence, complete, selectRunTarget, insertWaivers, withdrawWaivers, WaivedTarget.lock,
        WaivedTarget.select, prepareRollouts, selectRollouts, selectStops, insertRolloutEvents, cancelOccurrences,
        selectLogin, selectUnknownClients, bindLogin, unbindLogin, selectBindings,
    ]
}
