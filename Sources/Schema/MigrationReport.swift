/// What a migrator has done.
public struct MigrationReport: Sendable, Hashable {
    /// The names of the migrations that it applied, in order; none where the schema was up to date, or others migrated it
    /// meanwhile.
    public internal(set) var applied: [String] = []
    /// What of the roles it might not do itself. The schema works for its owner all the same.
    public internal(set) var unsettled: [UnsettledRole] = []
}
