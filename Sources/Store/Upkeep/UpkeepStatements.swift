import Postgres

extension Store {
    /// The statements of this folder.
    static let upkeep: [Statement] = [
        noteSchedulerStatement, endSchedulerStatement, selectSchedulers, selectSnapshotHolders, unparkStatement,
        endHalfSentStatement,
        SpentLimits.select, SpentLimits.lock, SpentLimits.delete,
    ]
}
