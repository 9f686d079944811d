import Postgres

extension Store {
    /// The statements of this folder.
    static let bench: [Statement] = [
        makeBenchDefinitions, selectBenchLeftovers, holdBenchMonth, releaseBenchMonth, beginBenchRemoval,
        deleteBenchReady, deleteBenchLeases, deleteBenchWorkers, enqueueBench, countBench, selectWalPosition,
    ]
}
