import Postgres

extension Store {
    /// The statements of this folder.
    static let doctor: [Statement] = [
        selectServerHealth, selectStandbys, selectTables, selectMonths, selectWaitingWork, selectExpiredLeases,
        selectUnlookedAt, selectTroubled, hashActs, hashOutputs, hashEvidence, selectClientZones, selectRoles,
    ]
}
