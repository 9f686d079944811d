import Testing

/// Schedulers look at an assignment when something may have changed for it. Nothing that happens depends on a look for which there
/// was no reason.
///
/// But for what waits for its rollout's part at another client: that is looked at every 30 s until it is planned, since each of
/// thousands of clients would otherwise wake all the others.
struct MoreLooksTests {
    /// In which a run gave way hours after the next was due, once.
    private static let broken: [UInt64] = [37]

    @Test func `a look more changes nothing that happens`() throws {
        for seed in Seeds.chosen(usually: 4, of: 10) + Self.broken {
            let jobs = try Drill(seed: seed).estate.catalogue.jobs.values
            if jobs.contains(where: { $0.rollout?.across == .clients }) { continue }
            let (few, many) = (try Drill.outcome(of: seed), try Drill.outcome(of: seed, meddling: .looks))
            let differences = few.differences(from: many)
            #expect(differences.isEmpty, "ROTA_SEED=\(seed): \(differences.prefix(5).joined(separator: "\n"))")
        }
    }
}
