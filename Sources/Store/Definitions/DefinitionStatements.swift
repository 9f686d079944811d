import Postgres

extension Store {
    /// The statements of this folder.
    static let definitions: [Statement] =
        [
            lockDefinitions, selectCatalogue, ImportRefused.selectClientNames, ImportRefused.selectWrittenAssets,
            wakeAssignmentsOfClients,
            StoredDefinitions.selectDefinitions, StoredDefinitions.countImported, StoredDefinitions.selectAssignments,
            JobWriter.save, JobWriter.remove, WatchWriter.remove, WatchWriter.insert, AssetWriter.save,
            AssetWriter.remove, AssetWriter.selectImported,
            AssignmentWriter.make, AssignmentWriter.reschedule, AssignmentWriter.wake, AssignmentWriter.remove,
            selectJobs, selectClients, selectAssets, selectAssignments,
            UnwantedRuns.cancelOfAssignments, UnwantedRuns.cancelOfAssets, Act.recordMany,
        ] + DefinitionWriter.all.flatMap { [$0.save, $0.remove] }
}
