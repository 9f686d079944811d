import Postgres

extension Store {
    /// The statements of this folder.
    static let workers: [Statement] = [selectWorkers, selectInHand, markDraining, selectDraining]
}
