import FaultRig
import Testing

@Suite struct FaultTests {
    @Test(arguments: Asked.faults)
    func `no promise is broken by`(fault: Fault) async throws {
        if let reason = try await fault.whyNot() {
            print("fault \(fault.rawValue) is left out: \(reason)")
        } else {
            for seed in Seeds.all { await attempt(fault, seed) }
        }
        await Ledger.shared.close(fault)
    }

    /// A seed that fails does not keep the others from being tried.
    private func attempt(_ fault: Fault, _ seed: UInt64) async {
        do {
            let result = try await Places.all.pass { try await Trial(fault, seed: seed).run() }
            Report.print(fault, seed, result)
            await Ledger.shared.note(fault, result)
            #expect(result.violations.isEmpty, "ROTA_SEED=\(seed)")
            let waited = result.counts["runs that waited for room"] ?? 0
            #expect(waited > 0, "ROTA_SEED=\(seed): no run waited for room in a group")
            #expect(result.isLanded, "ROTA_SEED=\(seed): the fault did not land: \(result.counts)")
        } catch {
            await Ledger.shared.note(fault, nil)
            Issue.record(error, "ROTA_SEED=\(seed)")
        }
    }
}
